import { sessionCookie } from '../plugins/keys.js';
import { SessionRequest } from '../schemas/key.js';
import type { Services } from '../services/index.js';
import type { App } from './app.js';
import { jsonBodyProblems, noContent, responses } from './responses.js';

const tags = ['keys'];

export function sessionRoutes(app: App, { keys }: Services): void {
  app.route({
    method: 'POST',
    url: '/v1/session',
    config: { scope: 'none' },
    schema: {
      operationId: 'openSession',
      summary: 'Open a session',
      description:
        'Keeps a key in an HttpOnly, SameSite=Strict cookie, which stands for the Authorization header from then on.',
      tags,
      body: SessionRequest,
      response: responses({ 204: noContent('The cookie is set') }, 'unauthorized', ...jsonBodyProblems),
    },
    handler: async (request, reply) => {
      const { key } = request.body;
      const { tenantId, id } = await keys.require(key);
      [request.tenantId, request.keyId] = [tenantId, id]; // for the audit log
      return reply.code(204).header('set-cookie', sessionCookie(key, request.protocol)).send();
    },
  });

  app.route({
    method: 'DELETE',
    url: '/v1/session',
    config: { scope: 'none' },
    schema: {
      operationId: 'closeSession',
      summary: 'Close the session',
      description: 'Drops the cookie.',
      tags,
      response: responses({ 204: noContent('The cookie is gone') }, ...jsonBodyProblems),
    },
    handler: async ({ protocol }, reply) => reply.code(204).header('set-cookie', sessionCookie('', protocol)).send(),
  });
}
