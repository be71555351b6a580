/** The file of a checkpoint, whole or in ranges (RFC 9110). */
import type { FastifyReply } from 'fastify';
import { Type } from '#typebox';
import { Problem } from '../errors.js';
import { Id } from '../schemas/common.js';
import type { CheckpointFile } from '../services/checkpoints.js';
import type { Services } from '../services/index.js';
import type { App } from './app.js';
import { parseByteRange } from './byte-range.js';
import { entityTag, matchesAny, permitsRange } from './entity-tags.js';
import { noContent, responses } from './responses.js';

const tags = ['runs'];
const params = Type.Object({ id: Id('checkpoint') });
const safetensors = { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } };
const etag = { ETag: { type: 'string', description: 'The SHA-256 of the file, quoted' } };
const FileHeaders = Type.Object({
  range: Type.Optional(Type.String({ description: 'One range of bytes: `bytes=0-1023`, `bytes=1024-`, `bytes=-8`' })),
  'if-range': Type.Optional(Type.String({ description: 'The ETag for which the range is meant' })),
  'if-none-match': Type.Optional(Type.String({ description: 'ETags that the client has' })),
});

export function checkpointFileRoutes(app: App, { checkpoints }: Services): void {
  const fileSchema = {
    operationId: 'getCheckpointFile',
    summary: 'Download a checkpoint',
    description:
      'A safetensors file: weights, optimizer state, and in its metadata what predicting needs. The whole file is hashed on ' +
      'its way: if it is damaged, the download breaks off before its end.',
    tags,
    params,
    headers: FileHeaders,
    response: responses(
      {
        200: { description: 'The file', content: safetensors, headers: etag },
        206: {
          description: 'The range',
          content: safetensors,
          headers: { ...etag, 'Content-Range': { type: 'string', description: 'bytes first-last/size' } },
        },
        304: noContent('The client has it'),
      },
      ...(['not_found', 'checkpoint_damaged', 'range_not_satisfiable'] as const),
    ),
  };

  app.route({
    method: 'GET',
    url: '/v1/checkpoints/:id/file',
    exposeHeadRoute: false, // the generated one would read the whole file
    schema: fileSchema,
    handler: async ({ tenantId, params: { id }, headers }, reply) => {
      const file = await checkpoints.file({ tenantId, id });
      const tag = describeFile(reply, id, file);
      if (matchesAny(headers['if-none-match'], tag)) return reply.code(304).send();
      const range = permitsRange(headers['if-range'], tag) ? parseByteRange(headers.range, file.bytes) : null;
      if (range === 'unsatisfiable') throw beyondEnd(reply, headers.range, file.bytes);
      if (range === null) return reply.header('content-length', file.bytes).send(await file.read());
      const { start, end } = range;
      void reply.code(206).header('content-range', `bytes ${start}-${end}/${file.bytes}`);
      return reply.header('content-length', end - start + 1).send(await file.read(range));
    },
  });

  app.route({
    method: 'HEAD',
    url: '/v1/checkpoints/:id/file',
    schema: { ...fileSchema, hide: true },
    // Range is defined for GET alone.
    handler: async ({ tenantId, params: { id }, headers }, reply) => {
      const file = await checkpoints.file({ tenantId, id });
      const tag = describeFile(reply, id, file);
      if (matchesAny(headers['if-none-match'], tag)) return reply.code(304).send();
      return reply.header('content-length', file.bytes).send();
    },
  });
}

/** Sets what every answer says of the file; returns its entity tag. */
function describeFile(reply: FastifyReply, id: string, { sha256 }: CheckpointFile): string {
  const tag = entityTag(sha256);
  void reply.headers({
    etag: tag,
    'accept-ranges': 'bytes',
    'cache-control': 'private, max-age=31536000, immutable',
    'content-disposition': `attachment; filename="${id}.safetensors"`,
    'content-type': 'application/octet-stream',
  });
  return tag;
}

function beyondEnd(reply: FastifyReply, range: string | undefined, bytes: number): Problem {
  for (const header of ['etag', 'cache-control', 'content-disposition']) reply.removeHeader(header);
  void reply.header('content-range', `bytes */${bytes}`);
  return new Problem('range_not_satisfiable', `range ${range} lies outside the ${bytes} bytes of the file`);
}
