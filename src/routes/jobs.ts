/** /v1/jobs: submit, plan, list, read, delete. What is asked of a job that exists is in job-requests.ts. */
import type { FastifyRequest } from 'fastify';
import { Type } from '#typebox';
import { Id } from '../schemas/common.js';
import { Job, JobPage, JobQuery, Plan } from '../schemas/job.js';
import { JobSpec } from '../schemas/job-spec.js';
import type { Services } from '../services/index.js';
import { mergePatch } from '../services/merge-patch.js';
import { IdempotencyHeaders, jobRefusals, location } from './accepted.js';
import type { App } from './app.js';
import { pageOf } from './page.js';
import { json, jsonBodyProblems, noContent, responses } from './responses.js';

const tags = ['jobs'];
const params = Type.Object({ id: Id('job') });
/** A spec is a merge patch on the defaults: its nulls go before it is checked. */
async function dropNulls(request: FastifyRequest): Promise<void> {
  request.body = mergePatch({}, request.body);
}

export function jobRoutes(app: App, { jobs }: Services): void {
  app.route({
    method: 'POST',
    url: '/v1/jobs',
    preValidation: dropNulls,
    schema: {
      operationId: 'createJob',
      summary: 'Submit a job',
      description:
        'Checks the spec against the dataset, plans it, stores it with every default filled in, and answers. Training starts ' +
        'when a consumer is free. A null field takes its default.',
      tags,
      headers: IdempotencyHeaders,
      body: JobSpec,
      response: responses(
        { 202: json(Job, 'Accepted: it is stored and will run', location) },
        ...jsonBodyProblems,
        ...jobRefusals,
      ),
    },
    handler: async ({ tenantId, headers, body }, reply): Promise<Job> => {
      const job = await jobs.submit({ tenantId, key: headers['idempotency-key'], body });
      void reply.code(202).header('location', `/v1/jobs/${job.id}`);
      return job;
    },
  });

  app.route({
    method: 'POST',
    url: '/v1/jobs/plan',
    config: { scope: 'read' },
    preValidation: dropNulls,
    schema: {
      operationId: 'planJob',
      summary: 'Plan a job without queueing it',
      description: 'What a job of this spec would cost, or why it is impossible. Nothing is stored.',
      tags,
      body: JobSpec,
      response: responses({ 200: json(Plan, 'The plan') }, ...jsonBodyProblems, 'invalid_spec', 'exceeds_memory'),
    },
    handler: async ({ tenantId, body }): Promise<Plan> => jobs.plan({ tenantId, body }),
  });

  app.route({
    method: 'GET',
    url: '/v1/jobs',
    schema: {
      operationId: 'listJobs',
      summary: 'List jobs',
      description: 'Newest first, of one state, one name or one sweep if asked.',
      tags,
      querystring: JobQuery,
      response: responses({ 200: json(JobPage, 'A page') }, 'invalid_cursor'),
    },
    handler: async ({ tenantId, query }) =>
      jobs.list({ tenantId, state: query.state, name: query.name, sweep: query.sweep, ...pageOf(query) }),
  });

  app.route({
    method: 'GET',
    url: '/v1/jobs/:id',
    schema: {
      operationId: 'getJob',
      summary: 'Read a job',
      description: 'Where it stands, and once it has ended what came of it.',
      tags,
      params,
      response: responses({ 200: json(Job, 'The job') }, 'not_found'),
    },
    handler: async ({ tenantId, params: { id } }): Promise<Job> => jobs.get({ tenantId, id }),
  });

  app.route({
    method: 'DELETE',
    url: '/v1/jobs/:id',
    schema: {
      operationId: 'deleteJob',
      summary: 'Delete a job',
      description: 'With its metrics, events, checkpoints and model. Only a job that has ended can be deleted.',
      tags,
      params,
      response: responses({ 204: noContent('Deleted') }, 'not_found', 'illegal_transition', ...jsonBodyProblems),
    },
    handler: async ({ tenantId, params: { id } }, reply) => {
      await jobs.delete({ tenantId, id });
      return reply.code(204).send();
    },
  });
}
