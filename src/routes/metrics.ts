/** /v1/jobs/{id}/metrics: the series of a run, as JSON or as CSV. */
import { Type } from '#typebox';
import { Id } from '../schemas/common.js';
import { Metrics, MetricsQuery } from '../schemas/run.js';
import type { Services } from '../services/index.js';
import type { App } from './app.js';
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
      if (!prefersCsv(headers.accept)) return found;
      void reply.type('text/csv; charset=utf-8');
      return toCsv(found);
    },
  });
}

/** Whether CSV is named, and JSON is not wanted more. */
export function prefersCsv(accept = ''): boolean {
  const quality = new Map(
    accept.split(',').map((range) => {
      const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
      const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
      return [type, weight === undefined ? 1 : Number(weight)] as const;
    }),
  );
  const csv = quality.get('text/csv') ?? 0;
  return csv > 0 && csv >= (quality.get('application/json') ?? 0);
}

/** Names hold no comma, quote or line break: they are the engine's own. */
const toCsv = ({ series }: Metrics): string =>
  [
    'name,step,value',
    ...series.flatMap(({ name, steps, values }) => steps.map((step, i) => `${name},${step},${values[i]}`)),
    '',
  ].join('\n');
