/** /v1/models: list, read, predict, generate, the tokenizer. */
import { Type } from '#typebox';
import { Id, PageQuery } from '../schemas/common.js';
import { GenerateRequest, GenerateResponse } from '../schemas/generate.js';
import { Model, ModelPage, PredictRequest, PredictResponse } from '../schemas/run.js';
import { Tokenizer } from '../schemas/tokenizer.js';
import type { Services } from '../services/index.js';
import type { App } from './app.js';
import { pageOf } from './page.js';
import { json, jsonBodyProblems, responses } from './responses.js';

const tags = ['models'];
const params = Type.Object({ id: Id('model') });
/** Rows are larger than specs: 10,000 of them must fit. */
const predictBodyLimit = 4 * 2 ** 20;

export function modelRoutes(app: App, { models }: Services): void {
  app.route({
    method: 'GET',
    url: '/v1/models',
    schema: {
      operationId: 'listModels',
      summary: 'List models',
      description: 'Newest first. Each succeeded job has one.',
      tags,
      querystring: PageQuery,
      response: responses({ 200: json(ModelPage, 'A page') }, 'invalid_cursor'),
    },
    handler: async ({ tenantId, query }) => models.list({ tenantId, ...pageOf(query) }),
  });

  app.route({
    method: 'GET',
    url: '/v1/models/:id',
    schema: {
      operationId: 'getModel',
      summary: 'Read a model',
      description: 'Which columns it reads, what it predicts, and the job and checkpoint it comes from.',
      tags,
      params,
      response: responses({ 200: json(Model, 'The model') }, 'not_found'),
    },
    handler: async ({ tenantId, params: { id } }): Promise<Model> => models.get({ tenantId, id }),
  });

  app.route({
    method: 'POST',
    url: '/v1/models/:id/predict',
    config: { scope: 'read' },
    bodyLimit: predictBodyLimit,
    schema: {
      operationId: 'predict',
      summary: 'Predict rows',
      description:
        'Raw rows, as they stood in the dataset: the model imputes, scales and encodes them itself. A category that training ' +
        'did not see is accepted; a field that is no column is refused, and a missing value where training dropped its rows.',
      tags,
      params,
      body: PredictRequest,
      response: responses(
        { 200: json(PredictResponse, 'One prediction a row, in order') },
        ...(['not_found', 'unsuitable_model', 'checkpoint_damaged', 'invalid_row', ...jsonBodyProblems] as const),
      ),
    },
    handler: async ({ tenantId, params: { id }, body }) => models.predict({ tenantId, id, rows: body.rows }),
  });

  app.route({
    method: 'POST',
    url: '/v1/models/:id/generate',
    config: { scope: 'read' },
    schema: {
      operationId: 'generate',
      summary: 'Generate text',
      description:
        'What a language model has follow a prompt. The same request gives the same text. A character that the training text ' +
        'did not hold is refused.',
      tags,
      params,
      body: GenerateRequest,
      response: responses(
        { 200: json(GenerateResponse, 'The text that follows') },
        ...(['not_found', 'unsuitable_model', 'checkpoint_damaged', 'invalid_prompt', ...jsonBodyProblems] as const),
      ),
    },
    handler: async ({ tenantId, params: { id }, body }) => models.generate({ tenantId, id, body }),
  });

  app.route({
    method: 'GET',
    url: '/v1/models/:id/tokenizer',
    schema: {
      operationId: 'getTokenizer',
      summary: 'Read the tokenizer of a model',
      description: 'Of a model that reads text: every token with its id, and the merges of byte pairs.',
      tags,
      params,
      response: responses(
        { 200: json(Tokenizer, 'The vocabulary') },
        ...(['not_found', 'unsuitable_model', 'checkpoint_damaged'] as const),
      ),
    },
    handler: async ({ tenantId, params: { id } }) => models.tokenizer({ tenantId, id }),
  });
}
