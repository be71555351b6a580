/** /v1/jobs/{id}/metrics: the series of a run, as JSON or as CSV. */
import { Type } from '#typebox';
import { Id } from '../schemas/common.js';
import { Metrics, MetricsQuery } from '../schemas/run.js';
import type { Services } from '../services/index.js';
import type { App } from './app.js';
import { prefers } from './prefers.js';
import { responses } from './responses.js';

export function metricRoutes(app: App, { metrics }: Services): void {
  app.route({
    method: 'GET',
    url: '/v1/jobs/:id/metrics',
    schema: {
      operationId: 'getMetrics',
      summary: 'Read the metrics of a job',
      description:
        'Series by step, readable while the job runs. `Accept: text/csv` gives one row a point: name, step, value.',
      tags: ['runs'],
      params: Type.Object({ id: Id('job') }),
      querystring: MetricsQuery,
      response: responses(
        {
          200: {
            description: 'The series',
            content: { 'application/json': { schema: Metrics }, 'text/csv': { schema: Type.String() } },
          },
        },
        'not_found',
      ),
    },
    handler: async ({ tenantId, params: { id }, query, headers }, reply): Promise<Metrics | string> => {
      const found = await metrics.read({ tenantId, jobId: id, ...query, names: query.names?.split(',') });
      void reply.header('vary', 'accept');
      if (!prefers('text/csv', headers.accept)) return found;
      void reply.type('text/csv; charset=utf-8');
      return toCsv(found);
    },
  });
}

/** Names hold no comma, quote or line break: they are the engine's own. */
const toCsv = ({ series }: Metrics): string =>
  [
    'name,step,value',
    ...series.flatMap(({ name, steps, values }) => steps.map((step, i) => `${name},${step},${values[i]}`)),
    '',
  ].join('\n');
