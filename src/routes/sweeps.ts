/** /v1/sweeps: many jobs of one spec, of which some fields vary. */
import type { FastifyRequest } from 'fastify';
import { Type } from '#typebox';
import { Id, PageQuery } from '../schemas/common.js';
import { SweepSpec } from '../schemas/sweep.js';
import { Sweep, SweepPage, SweepQuery, SweepTrialPage } from '../schemas/sweep-results.js';
import type { Services } from '../services/index.js';
import { mergePatch } from '../services/merge-patch.js';
import { IdempotencyHeaders, location } from './accepted.js';
import type { App } from './app.js';
import { pageOf } from './page.js';
import { json, jsonBodyProblems, noContent, responses } from './responses.js';
import { specCheck } from './spec-check.js';

const tags = ['sweeps'];
const params = Type.Object({ id: Id('sweep') });

/** Of the job, as where one is posted. */
async function dropNulls(request: FastifyRequest): Promise<void> {
  const { body } = request;
  if (typeof body !== 'object' || body === null || !('job' in body)) return;
  request.body = { ...body, job: mergePatch({}, body.job) };
}

export function sweepRoutes(app: App, { sweeps }: Services): void {
  app.route({
    method: 'POST',
    url: '/v1/sweeps',
    preValidation: dropNulls,
    schema: {
      operationId: 'createSweep',
      summary: 'Submit a sweep',
      description:
        'Trains a job many times, each trial with other values of some fields of its spec. Trials are jobs. The values are a ' +
        'function of the seed and the trial’s number, so that a sweep of the same seed tries the same. The job, and jobs with each ' +
        'parameter at its extremes, are checked and planned first.',
      tags,
      headers: IdempotencyHeaders,
      body: SweepSpec,
      response: responses(
        { 202: json(Sweep, 'Accepted: it is stored, and its first trials are queued', location) },
        ...jsonBodyProblems,
        ...(['invalid_spec', 'exceeds_memory', 'idempotency_mismatch'] as const),
      ),
    },
    handler: async (request, reply): Promise<Sweep> => {
      const { tenantId, headers, body } = request;
      const check = specCheck(request);
      const sweep = await sweeps.submit({ tenantId, key: headers['idempotency-key'], body, check });
      void reply.code(202).header('location', `/v1/sweeps/${sweep.id}`);
      return sweep;
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/sweeps',
    schema: {
      operationId: 'listSweeps',
      summary: 'List sweeps',
      description:
        'Newest first, of one state if asked. How far one is, and what is best in it, is told where it is read alone.',
      tags,
      querystring: SweepQuery,
      response: responses({ 200: json(SweepPage, 'A page') }, 'invalid_cursor'),
    },
    handler: async ({ tenantId, query }) => sweeps.list({ tenantId, state: query.state, ...pageOf(query) }),
  });

  app.route({
    method: 'GET',
    url: '/v1/sweeps/:id',
    schema: {
      operationId: 'getSweep',
      summary: 'Read a sweep',
      description: 'Where it stands, the best trial so far, and how much each parameter matters; also while it runs.',
      tags,
      params,
      response: responses({ 200: json(Sweep, 'The sweep') }, 'not_found'),
    },
    handler: async ({ tenantId, params: { id } }): Promise<Sweep> => sweeps.get({ tenantId, id }),
  });

  app.route({
    method: 'GET',
    url: '/v1/sweeps/:id/trials',
    schema: {
      operationId: 'listSweepTrials',
      summary: 'List the trials of a sweep',
      description:
        'In the order in which they began, with what each came to at each rung and whether it went on from there.',
      tags,
      params,
      querystring: PageQuery,
      response: responses({ 200: json(SweepTrialPage, 'A page') }, 'not_found', 'invalid_cursor'),
    },
    handler: async ({ tenantId, params: { id }, query }) => sweeps.trials({ tenantId, id, ...pageOf(query) }),
  });

  const requests = [
    [
      'pause',
      'Pause a sweep',
      'No trial begins; those that are queued or running are paused, with a checkpoint.',
      'Paused; its trials are, or are about to be',
    ],
    [
      'resume',
      'Resume a sweep',
      'The trials that it paused go on to the same bits, and further ones begin.',
      'It goes on',
    ],
    ['cancel', 'Cancel a sweep', 'Cancels its trials, after a last checkpoint.', 'Cancelled, or about to be'],
  ] as const;
  for (const [action, summary, description, answer] of requests) {
    app.route({
      method: 'POST',
      url: `/v1/sweeps/:id/${action}`,
      schema: {
        operationId: `${action}Sweep`,
        summary,
        description: `${description} Asking twice is asking once.`,
        tags,
        params,
        response: responses({ 202: json(Sweep, answer) }, 'not_found', 'illegal_transition', ...jsonBodyProblems),
      },
      handler: async ({ tenantId, params }, reply): Promise<Sweep> => {
        void reply.code(202);
        return sweeps[action]({ tenantId, id: params['id']! });
      },
    });
  }

  app.route({
    method: 'DELETE',
    url: '/v1/sweeps/:id',
    schema: {
      operationId: 'deleteSweep',
      summary: 'Delete a sweep',
      description: 'Only one that has ended. Its jobs and their models stay, as those of no sweep.',
      tags,
      params,
      response: responses({ 204: noContent('Deleted') }, 'not_found', 'illegal_transition', ...jsonBodyProblems),
    },
    handler: async ({ tenantId, params: { id } }, reply) => {
      await sweeps.delete({ tenantId, id });
      return reply.code(204).send();
    },
  });
}
