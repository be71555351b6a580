/** Whose request it is. Until there are keys to tell by, there is one tenant. */
import fp from 'fastify-plugin';

declare module 'fastify' {
  interface FastifyRequest {
    tenantId: string;
  }
}

export default fp(async (app) => {
  app.decorateRequest('tenantId', 'local');
});
