/** One id a request: sent back as X-Request-Id, repeated in problems and in each line of the log. Never taken from outside. */
import { randomUUID } from 'node:crypto';
import fp from 'fastify-plugin';

export const newRequestId = (): string => `req_${randomUUID().replaceAll('-', '')}`;

export default fp(async (app) => {
  app.addHook('onRequest', async (request, reply) => {
    void reply.header('x-request-id', request.id);
  });
  // One line a request. Polls that went well are many and say nothing: they stand at debug.
  app.addHook('onResponse', async (request, reply) => {
    const dull = request.method === 'GET' && reply.statusCode < 400;
    const line = { method: request.method, url: request.url, status: reply.statusCode, ms: reply.elapsedTime };
    request.log[dull ? 'debug' : 'info'](line, 'request');
  });
});
