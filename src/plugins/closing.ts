/** While the application closes, requests under way are answered and their connections told to end: a kept one would hold it open. */
import fp from 'fastify-plugin';

export default fp(async (app) => {
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
  });
  app.addHook('onSend', async (_request, reply) => {
    if (closing) void reply.header('connection', 'close');
  });
});
