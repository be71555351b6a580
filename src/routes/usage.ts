/** /v1/usage: what the tenant has taken, and what it may take. */
import { Usage } from '../schemas/usage.js';
import type { Services } from '../services/index.js';
import type { App } from './app.js';
import { json, responses } from './responses.js';

export function usageRoutes(app: App, { usage }: Services): void {
  app.route({
    method: 'GET',
    url: '/v1/usage',
    schema: {
      operationId: 'getUsage',
      summary: 'Read the usage',
      description:
        'Of the tenant. What would go beyond a quota is refused as `quota_exceeded`, with the limit, what is taken and what was ' +
        'asked for: a job by its steps and one checkpoint of it, an upload by its bytes. A sweep waits until there is room.',
      tags: ['service'],
      response: responses({ 200: json(Usage, 'What is taken') }),
    },
    handler: async ({ tenantId }): Promise<Usage> => usage.get(tenantId),
  });
}
