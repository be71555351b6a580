/** /v1/jobs/{id}/findings: what the evidence of a run shows to be wrong, and what to change. */
import { Type } from '#typebox';
import { Id } from '../schemas/common.js';
import { Findings } from '../schemas/finding.js';
import type { Services } from '../services/index.js';
import type { App } from './app.js';
import { json, responses } from './responses.js';

export function findingRoutes(app: App, { findings }: Services): void {
  app.route({
    method: 'GET',
    url: '/v1/jobs/:id/findings',
    schema: {
      operationId: 'listFindings',
      summary: 'List what is wrong with a job, and what to change',
      description:
        'Looked for in the data before the first step, at evaluations, and at the end, of failed runs too. Each has the numbers it rests on; ' +
        'its `patch` can be sent to `POST /v1/jobs/{id}/fork` as it is.',
      tags: ['runs'],
      params: Type.Object({ id: Id('job') }),
      response: responses({ 200: json(Findings, 'The findings') }, 'not_found'),
    },
    handler: async ({ tenantId, params: { id } }) => findings.list({ tenantId, id }),
  });
}
