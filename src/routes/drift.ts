/** /v1/models/{id}/drift: whether predictions are asked of rows unlike those of the training. */
import { Type } from '#typebox';
import { Drift, DriftQuery } from '../schemas/drift.js';
import { ModelRef } from '../schemas/model.js';
import type { Services } from '../services/index.js';
import type { App } from './app.js';
import { json, responses } from './responses.js';

export function driftRoutes(app: App, { drift }: Services): void {
  app.route({
    method: 'GET',
    url: '/v1/models/:id/drift',
    schema: {
      operationId: 'getModelDrift',
      summary: 'Measure the drift of a model',
      description:
        'Compares what was predicted with what the model was trained on: each feature, and the predictions with those of the ' +
        'validation split. Of every minute a sample is counted, column by column; where there is drift, the fork of the ' +
        'model’s job is told that trains on newer data.',
      tags: ['models'],
      params: Type.Object({ id: ModelRef }),
      querystring: DriftQuery,
      response: responses(
        { 200: json(Drift, 'How far they are apart') },
        ...(['not_found', 'unsuitable_model', 'checkpoint_damaged'] as const),
      ),
    },
    handler: async ({ tenantId, params: { id }, query: { since } }): Promise<Drift> =>
      drift.measure({ tenantId, id, since }),
  });
}
