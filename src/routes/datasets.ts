/** /v1/datasets: upload, read, list, delete. */
import multipart from '@fastify/multipart';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from '#typebox';
import { Problem } from '../errors.js';
import { Id, PageQuery } from '../schemas/common.js';
import { Dataset, DatasetPage, UploadFields } from '../schemas/dataset.js';
import type { Services } from '../services/index.js';
import type { UploadPart } from '../services/upload.js';
import type { App } from './app.js';
import { pageOf } from './page.js';
import { json, jsonBodyProblems, noContent, responses } from './responses.js';

const tags = ['datasets'];
const params = Type.Object({ id: Id('dataset') });
const file = (description: string) =>
  Type.Optional(Type.Unsafe<Buffer>({ type: 'string', format: 'binary', description }));
const Upload = Type.Object({
  file: file('The table, the text or the archive of images: one file, of any size up to the limit'),
  images: file('In place of file, images in IDX: unsigned bytes [rows, height, width], perhaps in gzip'),
  labels: file('Their labels in IDX: unsigned bytes [rows]'),
  testImages: file('Images that are to be tested with'),
  testLabels: file('Their labels'),
  ...UploadFields.properties,
});
const location = { Location: { type: 'string', format: 'uri-reference', description: 'Path of the dataset' } };
/** An upload that sends nothing for this long has gone away. */
const idleMilliseconds = 60_000;

const clientGone = () => new Problem('malformed_request', 'The client went away');

/** Aborts when the connection closes before the answer is out: nobody waits for it any more. */
function goneSignal(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) controller.abort(clientGone());
  });
  return controller.signal;
}

/** Whatever the parser of multipart bodies throws is the client's doing: a cut-off body, too many parts, no boundary. */
function brokenUpload(error: unknown): unknown {
  if (error instanceof Problem || !(error instanceof Error)) return error;
  return new Problem('malformed_request', `The upload is malformed: ${error.message}`);
}

/** The parts in neutral terms. */
async function* partsOf(request: FastifyRequest): AsyncGenerator<UploadPart> {
  // The parser would wait forever for a connection that broke before it listened.
  if (request.raw.destroyed && !request.raw.readableEnded) throw clientGone();
  const idle = setTimeout(() => request.raw.destroy(), idleMilliseconds);
  async function* contentOf(file: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    try {
      for await (const chunk of file) {
        idle.refresh();
        yield chunk;
      }
    } catch (error) {
      throw brokenUpload(error);
    }
  }
  try {
    for await (const part of request.parts()) {
      idle.refresh();
      if (part.type === 'file') {
        const { fieldname: field, filename: fileName, mimetype: contentType } = part;
        yield { kind: 'file', field, fileName, contentType, content: contentOf(part.file) };
      } else {
        yield { kind: 'field', field: part.fieldname, value: String(part.value) };
      }
    }
  } catch (error) {
    throw brokenUpload(error);
  } finally {
    clearTimeout(idle);
  }
}

export function datasetRoutes(app: App, { datasets }: Services): void {
  app.register(async (uploads: App) => {
    // services/upload.ts says what is wrong with a second file, and counts bytes while it writes them.
    const limits = { fields: 5, files: 5, parts: 10, fieldNameSize: 100, fieldSize: 1000, headerPairs: 20 };
    await uploads.register(multipart, { limits: { ...limits, fileSize: Number.MAX_SAFE_INTEGER } });
    uploads.removeContentTypeParser('application/json');
    uploads.route({
      method: 'POST',
      url: '/v1/datasets',
      // The body is for the document: its parts are checked as they arrive.
      validatorCompiler:
        ({ httpPart }) =>
        (data) =>
          httpPart === 'body' ? true : { value: data },
      schema: {
        operationId: 'createDataset',
        summary: 'Upload a dataset',
        description:
          'A CSV, TSV or JSON Lines file with a header, plain text, in UTF-8 and perhaps in gzip, a Parquet file, NumPy’s arrays (.npy, or .npz with x and y, for a table or images), a zip or tar archive of PNG and JPEG images in one folder a class (perhaps below train/ and test/), images and labels in IDX, or weights in safetensors, which jobs begin with. The format is what `format` says, else what the file name ' +
          'ends in, else what the part’s content type says. Bytes that were uploaded before give the dataset made then.',
        tags,
        consumes: ['multipart/form-data'],
        body: Upload,
        response: responses(
          {
            200: json(Dataset, 'Uploaded before', location),
            201: json(Dataset, 'Read and stored', location),
          },
          ...(['quota_exceeded', 'payload_too_large', 'unsupported_media_type', 'invalid_dataset'] as const),
        ),
      },
      handler: async (request, reply): Promise<Dataset> => {
        const upload = { tenantId: request.tenantId, parts: partsOf(request), signal: goneSignal(reply) };
        const { dataset, created } = await datasets.create(upload);
        void reply.code(created ? 201 : 200).header('location', `/v1/datasets/${dataset.id}`);
        return dataset;
      },
    });
  });

  app.route({
    method: 'GET',
    url: '/v1/datasets',
    schema: {
      operationId: 'listDatasets',
      summary: 'List datasets',
      description: 'Newest first.',
      tags,
      querystring: PageQuery,
      response: responses({ 200: json(DatasetPage, 'A page') }, 'invalid_cursor'),
    },
    handler: async ({ tenantId, query }) => datasets.list({ tenantId, ...pageOf(query) }),
  });

  app.route({
    method: 'GET',
    url: '/v1/datasets/:id',
    schema: {
      operationId: 'getDataset',
      summary: 'Read a dataset',
      description:
        'What it holds: of a table the columns with their types, missing values and ranges; of a text what was counted.',
      tags,
      params,
      response: responses({ 200: json(Dataset, 'The dataset') }, 'not_found'),
    },
    handler: async ({ tenantId, params: { id } }) => datasets.get({ tenantId, id }),
  });

  app.route({
    method: 'DELETE',
    url: '/v1/datasets/:id',
    schema: {
      operationId: 'deleteDataset',
      summary: 'Delete a dataset',
      description: 'Refused while any job names it, whatever the job’s state: delete the jobs first.',
      tags,
      params,
      response: responses({ 204: noContent('Deleted') }, 'not_found', 'in_use', ...jsonBodyProblems),
    },
    handler: async ({ tenantId, params: { id } }, reply) => {
      await datasets.delete({ tenantId, id });
      return reply.code(204).send();
    },
  });
}
