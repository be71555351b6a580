/** /v1/jobs/{id}/events: what happened to a job, in order. */
import { Type } from '#typebox';
import { Id, PageQuery } from '../schemas/common.js';
import { EventPage } from '../schemas/run.js';
import type { Services } from '../services/index.js';
import type { App } from './app.js';
import { pageOf } from './page.js';
import { json, responses } from './responses.js';

export function eventRoutes(app: App, { events }: Services): void {
  app.route({
    method: 'GET',
    url: '/v1/jobs/:id/events',
    schema: {
      operationId: 'listEvents',
      summary: 'List the events of a job',
      description: 'Oldest first, numbered without gaps: state changes, checkpoints, epochs, findings.',
      tags: ['runs'],
      params: Type.Object({ id: Id('job') }),
      querystring: PageQuery,
      response: responses({ 200: json(EventPage, 'A page') }, 'not_found', 'invalid_cursor'),
    },
    handler: async ({ tenantId, params: { id }, query }) => events.list({ tenantId, jobId: id, ...pageOf(query) }),
  });
}
