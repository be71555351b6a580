/** /v1/models/{id}/evaluate: what a model is worth on a dataset. */
import { Type } from '#typebox';
import { EvaluateRequest, Evaluation } from '../schemas/evaluation.js';
import { ModelRef } from '../schemas/model.js';
import type { Services } from '../services/index.js';
import type { App } from './app.js';
import { json, jsonBodyProblems, responses } from './responses.js';

export function evaluationRoutes(app: App, { evaluations }: Services): void {
  app.route({
    method: 'POST',
    url: '/v1/models/:id/evaluate',
    config: { scope: 'read' },
    schema: {
      operationId: 'evaluateModel',
      summary: 'Evaluate a model',
      description:
        'Measures the model on every row of a dataset that has the columns of the one it was trained on: all metrics, the confusion ' +
        'matrix, ROC curves and precision over recall, how well probabilities are calibrated, the rows that it is most wrong ' +
        'about, and the same metrics by the values of a column. Of a language model: loss and perplexity of a text. Rows ' +
        'without a target, or of a class that training did not know, are counted and left out.',
      tags: ['models'],
      params: Type.Object({ id: ModelRef }),
      body: EvaluateRequest,
      response: responses(
        { 200: json(Evaluation, 'What it is worth') },
        ...([
          'not_found',
          'unsuitable_model',
          'checkpoint_damaged',
          'unsuitable_dataset',
          ...jsonBodyProblems,
        ] as const),
      ),
    },
    handler: async ({ tenantId, params: { id }, body }): Promise<Evaluation> =>
      evaluations.evaluate({ tenantId, id, ...body }),
  });
}
