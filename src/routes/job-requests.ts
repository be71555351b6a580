/**
 * What is asked of a job that exists, each answered with the job as it is then: /v1/jobs/{id}/pause, /resume, /training,
 * /cancel, /fork, /retry.
 */
import type { FastifyReply } from 'fastify';
import { Type } from '#typebox';
import { allowNoBody } from '../plugins/optional-bodies.js';
import { Id } from '../schemas/common.js';
import { TrainingEdit } from '../schemas/edits.js';
import { CancelRequest, ForkRequest, Job, ResumeRequest } from '../schemas/job.js';
import type { Services } from '../services/index.js';
import { IdempotencyHeaders, jobRefusals, location } from './accepted.js';
import type { App } from './app.js';
import { json, jsonBodyProblems, responses } from './responses.js';
import { specCheck } from './spec-check.js';

const tags = ['jobs'];
const params = Type.Object({ id: Id('job') });
const problems = ['not_found', 'illegal_transition', ...jsonBodyProblems] as const;

export function jobRequestRoutes(app: App, { jobs }: Services): void {
  app.route({
    method: 'POST',
    url: '/v1/jobs/:id/pause',
    schema: {
      operationId: 'pauseJob',
      summary: 'Pause a job',
      description:
        'A queued job is paused at once; a running one becomes `pausing`, writes a checkpoint and is paused within a moment. ' +
        'It keeps its place by priority, and its time limit counts training alone. Asking twice is asking once.',
      tags,
      params,
      response: responses({ 202: json(Job, 'Paused, or about to be') }, ...problems),
    },
    handler: async ({ tenantId, params: { id } }, reply): Promise<Job> => {
      void reply.code(202);
      return jobs.pause({ tenantId, id });
    },
  });

  app.route({
    method: 'POST',
    url: '/v1/jobs/:id/resume',
    preValidation: allowNoBody,
    schema: {
      operationId: 'resumeJob',
      summary: 'Resume a job',
      description:
        'Queues a paused job, which goes on from its last checkpoint to the same bits as if it had never paused. A job that ' +
        'is queued or running stays as it is; one that is still `pausing` cannot turn back. A job whose checkpoints were ' +
        'written under kernels that no consumer has waits with the reason `fingerprint`, until `allowKernelChange` lets it go on.',
      tags,
      params,
      body: ResumeRequest,
      response: responses({ 202: json(Job, 'Queued, or running already') }, ...problems),
    },
    handler: async ({ tenantId, params: { id }, body }, reply): Promise<Job> => {
      void reply.code(202);
      return jobs.resume({ tenantId, id, allowKernelChange: body.allowKernelChange ?? false });
    },
  });

  app.route({
    method: 'PATCH',
    url: '/v1/jobs/:id/training',
    schema: {
      operationId: 'editTraining',
      summary: 'Change a job’s training',
      description:
        'The learning rate, the patience of early stopping, the number of steps: of a job that waits, is paused, or runs. A run ' +
        'takes the change up after the step it is at, within a moment, with its optimizer’s state; the job’s `edits` say after ' +
        'which, and an event `edit` tells it. A run that is interrupted and resumed makes each change after the same step ' +
        'again. Asking for what is so already changes nothing. A job takes 1000 changes at most, and of a sweep’s trial the steps ' +
        'stay.',
      tags,
      params,
      body: TrainingEdit,
      response: responses(
        { 202: json(Job, 'Changed, or about to be') },
        ...problems,
        ...(['invalid_spec', 'exceeds_memory', 'quota_exceeded'] as const),
      ),
    },
    handler: async ({ tenantId, params: { id }, body }, reply): Promise<Job> => {
      void reply.code(202);
      return jobs.edit({ tenantId, id, edit: body });
    },
  });

  app.route({
    method: 'POST',
    url: '/v1/jobs/:id/cancel',
    preValidation: allowNoBody,
    schema: {
      operationId: 'cancelJob',
      summary: 'Cancel a job',
      description:
        'A job that nobody runs is cancelled at once; a running one becomes `cancelling` and stops within a moment, after a ' +
        'last checkpoint unless `mode` is `immediate`. Asking twice is asking once, but `immediate` may follow `checkpoint`.',
      tags,
      params,
      body: CancelRequest,
      response: responses({ 202: json(Job, 'Cancelled, or about to be') }, ...problems),
    },
    handler: async ({ tenantId, params: { id }, body }, reply): Promise<Job> => {
      void reply.code(202);
      return jobs.cancel({ tenantId, id, mode: body.mode ?? 'checkpoint' });
    },
  });

  app.route({
    method: 'POST',
    url: '/v1/jobs/:id/fork',
    preValidation: allowNoBody,
    schema: {
      operationId: 'forkJob',
      summary: 'Fork a job',
      description:
        'A new job of the patched spec. From a checkpoint (`last`, or one by its id) it goes on with its training, at its step ' +
        'and with its optimizer’s state, where the patch leaves model, loss, `evaluation.best`, batches and the type of the ' +
        'optimizer as they are; where it does not, and from `best`, it begins at step 0 with the weights alone. Its first ' +
        'transition says which. Data, task and seed cannot change then. Paths of errors point into the patched spec.',
      tags,
      params,
      headers: IdempotencyHeaders,
      body: ForkRequest,
      response: responses(
        { 202: json(Job, 'Accepted: the new job is stored and will run', location) },
        ...jsonBodyProblems,
        'not_found',
        ...jobRefusals,
      ),
    },
    handler: async (request, reply): Promise<Job> => {
      const { tenantId, params, headers, body } = request;
      const { from = 'start', patch = {} } = body;
      const check = specCheck(request);
      const key = headers['idempotency-key'];
      return accepted(reply, await jobs.fork({ tenantId, id: params.id, key, from, patch, check }));
    },
  });

  app.route({
    method: 'POST',
    url: '/v1/jobs/:id/retry',
    schema: {
      operationId: 'retryJob',
      summary: 'Retry a job',
      description:
        'A new job of the same spec for one that failed or was cancelled, from its last checkpoint whose file is whole, or ' +
        'from the start. Without an Idempotency-Key a job has one retry: asked again, it is answered with the same job.',
      tags,
      params,
      headers: IdempotencyHeaders,
      response: responses(
        { 202: json(Job, 'Accepted: the new job is stored and will run', location) },
        ...problems,
        ...(['quota_exceeded', 'idempotency_mismatch', 'idempotency_in_flight'] as const),
      ),
    },
    handler: async ({ tenantId, params: { id }, headers }, reply): Promise<Job> =>
      accepted(reply, await jobs.retry({ tenantId, id, key: headers['idempotency-key'] })),
  });
}

function accepted(reply: FastifyReply, job: Job): Job {
  void reply.code(202).header('location', `/v1/jobs/${job.id}`);
  return job;
}
