/** What is asked of a job that exists, each answered with the job as it is then: /v1/jobs/{id}/pause, /resume, /cancel. */
import { Type } from '#typebox';
import { allowNoBody } from '../plugins/optional-bodies.js';
import { Id } from '../schemas/common.js';
import { CancelRequest, Job } from '../schemas/job.js';
import type { Services } from '../services/index.js';
import type { App } from './app.js';
import { json, jsonBodyProblems, responses } from './responses.js';

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
    schema: {
      operationId: 'resumeJob',
      summary: 'Resume a job',
      description:
        'Queues a paused job, which goes on from its last checkpoint to the same bits as if it had never paused. A job that ' +
        'is queued or running stays as it is; one that is still `pausing` cannot turn back.',
      tags,
      params,
      response: responses({ 202: json(Job, 'Queued, or running already') }, ...problems),
    },
    handler: async ({ tenantId, params: { id } }, reply): Promise<Job> => {
      void reply.code(202);
      return jobs.resume({ tenantId, id });
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
}
