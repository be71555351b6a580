/** Jobs beside one another: /v1/jobs/compare, /v1/jobs/{id}/lineage. */
import { Type } from '#typebox';
import { Id } from '../schemas/common.js';
import { Comparison, ComparisonQuery, Lineage } from '../schemas/comparison.js';
import type { Services } from '../services/index.js';
import type { App } from './app.js';
import { json, responses } from './responses.js';

const tags = ['jobs'];

export function comparisonRoutes(app: App, { comparisons }: Services): void {
  app.route({
    method: 'GET',
    url: '/v1/jobs/compare',
    schema: {
      operationId: 'compareJobs',
      summary: 'Compare jobs',
      description:
        'Where their specs differ, what they reached, and their series on one axis, by step or by seconds of training. ' +
        'Where there are more places than `maxPoints`, the axis is cut in equal stretches, and a value is the last of its stretch.',
      tags,
      querystring: ComparisonQuery,
      response: responses({ 200: json(Comparison, 'The jobs, in the order asked for') }, 'not_found'),
    },
    handler: async ({ tenantId, query }): Promise<Comparison> => {
      const { ids, names, by = 'step', maxPoints = 1000 } = query;
      return comparisons.compare({ tenantId, ids: ids.split(','), names: names?.split(','), by, maxPoints });
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/jobs/:id/lineage',
    schema: {
      operationId: 'getLineage',
      summary: 'Read what a job stems from, and what stems from it',
      description: 'With what each fork changed. A job whose parent was deleted is nobody’s fork any more.',
      tags,
      params: Type.Object({ id: Id('job') }),
      response: responses({ 200: json(Lineage, 'The family') }, 'not_found'),
    },
    handler: async ({ tenantId, params: { id } }): Promise<Lineage> => comparisons.lineage({ tenantId, id }),
  });
}
