/** GET /v1/datasets/{id}/profile: what a dataset is like. */
import { Type } from '#typebox';
import { Id } from '../schemas/common.js';
import { Profile } from '../schemas/profile.js';
import type { Services } from '../services/index.js';
import type { App } from './app.js';
import { datasetQuery } from './dataset-query.js';
import { json, responses } from './responses.js';

export function profileRoutes(app: App, { profiles }: Services): void {
  app.route({
    method: 'GET',
    url: '/v1/datasets/:id/profile',
    schema: {
      operationId: 'getDatasetProfile',
      summary: 'Profile a dataset',
      description:
        'What its columns, texts or images are like, what is in it twice, and its problems: each with the rows concerned, a remedy, and where ' +
        'one can be declared a merge patch for the job’s `dataset`. With a target in `dataset` also what each column tells of it, ' +
        'and which rows the split puts in two parts.',
      tags: ['datasets'],
      params: Type.Object({ id: Id('dataset') }),
      querystring: Type.Object(datasetQuery, { additionalProperties: false }),
      response: responses({ 200: json(Profile, 'The profile') }, ...(['not_found', 'invalid_spec'] as const)),
    },
    handler: async ({ tenantId, params: { id }, query: { dataset, seed } }): Promise<Profile> =>
      profiles.get({ tenantId, id, dataset: dataset!, seed: seed! }),
  });
}
