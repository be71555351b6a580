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
        'Series by step, readable while the job runs. `Accept: text/csv` gives one row a point: name, step, value; where segments are asked for, name, segment, step, value.',
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
    handler: async (
      { tenantId, params: { id }, query: { names, segment, ...range }, headers },
      reply,
    ): Promise<Metrics | string> => {
      const found = await metrics.read({
        ...{ tenantId, jobId: id, ...range, names: names?.split(',') },
        segment: segment === undefined || segment === 'all' ? segment : Number(segment),
      });
      void reply.header('vary', 'accept');
      if (!prefers('text/csv', headers.accept)) return found;
      void reply.type('text/csv; charset=utf-8');
      return toCsv(found, segment !== undefined);
    },
  });
}

/** Names hold no comma, quote or line break: they are the engine's own. */
function toCsv({ series }: Metrics, hasSegments: boolean): string {
  const rows = series.flatMap(({ name, segment, steps, values }) =>
    steps.map((step, i) => [name, ...(hasSegments ? [segment] : []), step, values[i]].join(',')),
  );
  return [hasSegments ? 'name,segment,step,value' : 'name,step,value', ...rows, ''].join('\n');
}
