/** GET /v1/datasets/{id}/preview: rows to look at, before and after augmentation. */
import { type Static, Type } from '#typebox';
import { AugmentationsSpec } from '../data/augment/index.js';
import { Id } from '../schemas/common.js';
import { Preview } from '../schemas/preview.js';
import type { Services } from '../services/index.js';
import type { App } from './app.js';
import { asJson, datasetQuery } from './dataset-query.js';
import { prefers } from './prefers.js';
import { json, responses } from './responses.js';

const png = 'image/png';
const mostRows = 64;

export function previewRoutes(app: App, { previews }: Services): void {
  app.route({
    method: 'GET',
    url: '/v1/datasets/:id/preview',
    schema: {
      operationId: 'getDatasetPreview',
      summary: 'Preview a dataset',
      description:
        'The first rows of the training split before and after augmentation, as the first epoch of a job with this seed has them. ' +
        'Images are PNG, each a data URI, or with `Accept: image/png` on one sheet with a line for each: before, after. ' +
        'Of a table with neither `dataset` nor `augmentation` its first rows as they stand. Texts are shown in rows of 64 tokens.',
      tags: ['datasets'],
      params: Type.Object({ id: Id('dataset') }),
      querystring: Type.Object(
        {
          ...datasetQuery,
          augmentation: Type.Optional(
            Type.Unsafe<Static<typeof AugmentationsSpec>>({
              type: 'array',
              allOf: [AugmentationsSpec],
              default: [],
              description: 'The `augmentation` of a job as JSON: `[{"type": "flip"}]`',
              ...asJson,
            }),
          ),
          count: Type.Optional(
            Type.Integer({ minimum: 1, maximum: mostRows, default: 8, description: 'Rows at most' }),
          ),
        },
        { additionalProperties: false },
      ),
      response: responses(
        {
          200: {
            description: 'The rows',
            content: {
              ...json(Preview, '').content,
              [png]: { schema: { type: 'string', format: 'binary' } },
            },
          },
        },
        ...(['not_found', 'invalid_spec', 'exceeds_memory'] as const),
      ),
    },
    handler: async ({ tenantId, params: { id }, query, headers }, reply) => {
      const { dataset, augmentation, count, seed } = query;
      const sheet = prefers(png, headers.accept);
      const made = await previews.get({
        ...{ tenantId, id, sheet },
        ...{ dataset: dataset!, augmentation: augmentation!, count: count!, seed: seed! },
      });
      void reply.header('vary', 'accept');
      if ('preview' in made) return { datasetId: id, ...made.preview };
      return reply.type(png).send(Buffer.from(made.sheet));
    },
  });
}
