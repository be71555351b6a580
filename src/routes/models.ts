/** /v1/models: list, predict, the tokenizer, files for elsewhere. What is registered is in registry.ts. */
import { Type } from '#typebox';
import { type ExportFormat, ExportQuery } from '../schemas/export.js';
import { ModelQuery, ModelRef } from '../schemas/model.js';
import { ModelPage, PredictRequest, PredictResponse } from '../schemas/run.js';
import { Tokenizer } from '../schemas/tokenizer.js';
import type { Services } from '../services/index.js';
import type { App } from './app.js';
import { pageOf } from './page.js';
import { json, jsonBodyProblems, responses } from './responses.js';

const tags = ['models'];
const binary = 'application/octet-stream';
const extensions: Readonly<Record<ExportFormat, string>> = { onnx: 'onnx', safetensors: 'safetensors', bundle: 'mjs' };
const params = Type.Object({ id: ModelRef });
/** Rows are larger than specs: 10,000 of them must fit. */
const predictBodyLimit = 4 * 2 ** 20;

export function modelRoutes(app: App, { models }: Services): void {
  app.route({
    method: 'GET',
    url: '/v1/models',
    schema: {
      operationId: 'listModels',
      summary: 'List models',
      description: 'Newest first: one of each succeeded job, and those that were registered under a name.',
      tags,
      querystring: ModelQuery,
      response: responses({ 200: json(ModelPage, 'A page') }, 'invalid_cursor'),
    },
    handler: async ({ tenantId, query }) => models.list({ tenantId, name: query.name, ...pageOf(query) }),
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
        'did not see is accepted; a field that is no column is refused, and a missing value where training dropped its rows. ' +
        'Calibration, intervals and explanations rest on the splits of the model’s job, which are measured when the first is asked for.',
      tags,
      params,
      body: PredictRequest,
      response: responses(
        { 200: json(PredictResponse, 'One prediction a row, in order') },
        ...(['not_found', 'unsuitable_model', 'checkpoint_damaged', 'invalid_row', ...jsonBodyProblems] as const),
      ),
    },
    handler: async ({ tenantId, params: { id }, body }) => models.predict({ tenantId, id, ...body }),
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

  app.route({
    method: 'GET',
    url: '/v1/models/:id/export',
    exposeHeadRoute: false, // the generated one would write the whole file
    schema: {
      operationId: 'exportModel',
      summary: 'Export a model',
      description:
        'As ONNX, the file does what predict does. A table’s has an input a column: float64 [rows, 1] with NaN for what is missing ' +
        '(numbers, booleans as 0 and 1, dates as epoch milliseconds), string [rows, 1] (categories, without white space ' +
        'around them). Images are uint8 [rows, channels, height, width]. Models of text take `input_ids` and `attention_mask`, ' +
        'int64 [rows, time]: see the tokenizer. It answers with `label` and `probabilities`, `value`, or `logits` of each position. ' +
        'A bundle, of a model of columns or images, has `predict(rows)`, which takes and gives what predict does.',
      tags,
      params,
      querystring: ExportQuery,
      response: responses(
        { 200: { description: 'The file', content: { [binary]: { schema: { type: 'string', format: 'binary' } } } } },
        ...(['not_found', 'checkpoint_damaged', 'not_exportable'] as const),
      ),
    },
    handler: async ({ tenantId, params: { id }, query }, reply) => {
      const format = query.format!;
      const { bytes, content } = await models.export({ tenantId, id, format, prepares: query.preparation! });
      void reply.headers({
        'content-type': binary,
        'content-length': bytes,
        'content-disposition': `attachment; filename="${id}.${extensions[format]}"`,
      });
      return reply.send(content);
    },
  });
}
