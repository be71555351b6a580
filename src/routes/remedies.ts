/** /v1/jobs/{id}/remedies: the patches of a job's findings, tried side by side. */
import { Type } from '#typebox';
import { Id } from '../schemas/common.js';
import { Race, Races, RemediesRequest } from '../schemas/remedies.js';
import type { Services } from '../services/index.js';
import { IdempotencyHeaders, jobRefusals } from './accepted.js';
import type { App } from './app.js';
import { json, jsonBodyProblems, responses } from './responses.js';
import { specCheck } from './spec-check.js';

const tags = ['jobs'];
const params = Type.Object({ id: Id('job') });

export function remedyRoutes(app: App, { remedies }: Services): void {
  app.route({
    method: 'POST',
    url: '/v1/jobs/:id/remedies',
    schema: {
      operationId: 'tryRemedies',
      summary: 'Try the remedies of a job',
      description:
        'Forks the job once for the patch of each finding, and once without, all from the same weights and for as many steps without ' +
        'early stopping. The forks are ordinary jobs, each with a result of its own; the race ranks them by `evaluation.best` of the ' +
        'job. A patch of which no job can be made from there is told with its reason.',
      tags,
      params,
      headers: IdempotencyHeaders,
      body: RemediesRequest,
      response: responses(
        { 202: json(Race, 'Its jobs are stored and will run') },
        ...jsonBodyProblems,
        'not_found',
        ...jobRefusals,
      ),
    },
    handler: async (request, reply) => {
      const { tenantId, params, headers, body } = request;
      void reply.code(202);
      const key = headers['idempotency-key'];
      return remedies.begin({ tenantId, id: params.id, key, body, check: specCheck(request) });
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/jobs/:id/remedies',
    schema: {
      operationId: 'listRemedies',
      summary: 'List how remedies did',
      description: 'Every race of the job as it stands now, readable while it runs.',
      tags,
      params,
      response: responses({ 200: json(Races, 'The races') }, 'not_found'),
    },
    handler: async ({ tenantId, params: { id } }) => remedies.list({ tenantId, id }),
  });
}
