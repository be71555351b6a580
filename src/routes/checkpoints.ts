/** Checkpoints: the list of a job's, and one: read, pinned, deleted. */
import { Type } from '#typebox';
import { Id, PageQuery } from '../schemas/common.js';
import { Checkpoint, CheckpointPage, CheckpointPatch } from '../schemas/run.js';
import type { Services } from '../services/index.js';
import type { App } from './app.js';
import { pageOf } from './page.js';
import { json, jsonBodyProblems, noContent, responses } from './responses.js';

const tags = ['runs'];
const params = Type.Object({ id: Id('checkpoint') });
const ReadQuery = Type.Object(
  { verify: Type.Optional(Type.Boolean({ default: false, description: 'Read the whole file and hash it now' })) },
  { additionalProperties: false },
);

export function checkpointRoutes(app: App, { checkpoints }: Services): void {
  app.route({
    method: 'GET',
    url: '/v1/jobs/:id/checkpoints',
    schema: {
      operationId: 'listCheckpoints',
      summary: 'List the checkpoints of a job',
      description: 'Newest first. Superseded ones are dropped as the job’s `checkpoints` section says.',
      tags,
      params: Type.Object({ id: Id('job') }),
      querystring: PageQuery,
      response: responses({ 200: json(CheckpointPage, 'A page') }, 'not_found', 'invalid_cursor'),
    },
    handler: async ({ tenantId, params: { id }, query }) => checkpoints.list({ tenantId, jobId: id, ...pageOf(query) }),
  });

  app.route({
    method: 'GET',
    url: '/v1/checkpoints/:id',
    schema: {
      operationId: 'getCheckpoint',
      summary: 'Read a checkpoint',
      description:
        'Its step, its metrics, the hash and size of its file, and whether the file still is what was written.',
      tags,
      params,
      querystring: ReadQuery,
      response: responses({ 200: json(Checkpoint, 'The checkpoint') }, 'not_found'),
    },
    handler: async ({ tenantId, params: { id }, query: { verify } }): Promise<Checkpoint> =>
      checkpoints.get({ tenantId, id, verify }),
  });

  app.route({
    method: 'PATCH',
    url: '/v1/checkpoints/:id',
    schema: {
      operationId: 'updateCheckpoint',
      summary: 'Pin or unpin a checkpoint',
      description:
        'A pinned one is not dropped when it is superseded. Those of one job may take as many bytes as the job may keep.',
      tags,
      params,
      body: CheckpointPatch,
      response: responses(
        { 200: json(Checkpoint, 'The checkpoint') },
        ...(['not_found', 'quota_exceeded', ...jsonBodyProblems] as const),
      ),
    },
    handler: async ({ tenantId, params: { id }, body: { pinned } }): Promise<Checkpoint> =>
      checkpoints.pin({ tenantId, id, pinned }),
  });

  app.route({
    method: 'DELETE',
    url: '/v1/checkpoints/:id',
    schema: {
      operationId: 'deleteCheckpoint',
      summary: 'Delete a checkpoint',
      description:
        'Refused for the last sound one of its job, for one that a model rests on, that is pinned, or that is being downloaded.',
      tags,
      params,
      response: responses({ 204: noContent('It is gone') }, 'not_found', 'in_use', ...jsonBodyProblems),
    },
    handler: async ({ tenantId, params: { id } }, reply) => {
      await checkpoints.delete({ tenantId, id });
      return reply.code(204).send();
    },
  });
}
