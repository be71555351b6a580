/** Jobs over HTTP: accepted once, listed in pages, cancelled, deleted. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Job, JobState, Plan } from '../../src/schemas/job.js';
import { insertJob } from '../../src/store/jobs.js';
import { newJob } from '../support/rows.js';
import type { Problem } from './problem-body.js';
import { specOf, startApi, submit, type TestApi, uploadPenguins } from './support.js';

let api: TestApi;
let dataset: { id: string };

before(async () => {
  api = await startApi();
  dataset = await uploadPenguins(api);
});

const get = async (url: string): Promise<Job> => (await api.inject({ url })).json<Job>();

test('a spec of dataset, target and model is accepted with 202, and every default is stored', async () => {
  const response = await api.inject({ method: 'POST', url: '/v1/jobs', payload: specOf(dataset) });
  const job = response.json<Job>();
  assert.equal(response.statusCode, 202);
  assert.equal(response.headers.location, `/v1/jobs/${job.id}`);
  assert.equal(job.state, 'queued');
  assert.equal(job.name, 'penguins');
  assert.equal(job.spec.task, 'classification');
  assert.deepEqual(job.spec.loss, { type: 'crossEntropy', labelSmoothing: 0, classWeights: null });
  assert.deepEqual(job.spec.limits, { maxSeconds: null });
  assert.equal(typeof job.spec.logging?.everySteps, 'number');
  assert.deepEqual(await get(response.headers.location), job);
});

test('the queue hears of a job without the request waiting for it', async () => {
  const { id } = await submit(api, specOf(dataset));
  const hint = { jobId: id, generation: 1, priority: 0 };
  const deadline = Date.now() + 10_000;
  while ((await api.parts.queue.missing([hint])).length > 0) assert.ok(Date.now() < deadline, 'no hint arrived');
});

test('20 concurrent requests with one Idempotency-Key make one job; another body under it is 422', async () => {
  const spec = specOf(dataset, { name: 'once', priority: 1 });
  const reordered = Object.fromEntries(Object.entries(spec).reverse());
  const headers = { 'idempotency-key': 'k1' };
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, i) => submit(api, i % 2 ? spec : reordered, headers)),
  );
  assert.equal(new Set(answers.map(({ id }) => id)).size, 1);
  const { items } = (await api.inject({ url: '/v1/jobs?name=once' })).json<{ items: Job[] }>();
  assert.equal(items.length, 1);

  const other = await api.inject({ method: 'POST', url: '/v1/jobs', payload: { ...spec, priority: 2 }, headers });
  assert.equal(other.statusCode, 422);
  assert.equal(other.json<Problem>().code, 'idempotency_mismatch');
});

test('pages hold each job once, newest first, though jobs are added meanwhile', async () => {
  const made: string[] = [];
  for (let i = 0; i < 5; i++) made.unshift((await submit(api, specOf(dataset, { name: 'paged' }))).id);
  const seen: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const url: string = `/v1/jobs?name=paged&limit=2${cursor && `&cursor=${cursor}`}`;
    const page = (await api.inject({ url })).json<{ items: Job[]; nextCursor: string | null }>();
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
    await submit(api, specOf(dataset, { name: 'paged' }));
  }
  assert.deepEqual(seen, made);
});

const badQueries: Record<string, [code: string, path: string]> = {
  'limit=0': ['invalid_request', '/query/limit'],
  'limit=0x10': ['invalid_request', '/query/limit'],
  'limit=1e1': ['invalid_request', '/query/limit'],
  'limit=5&limit=6': ['invalid_request', '/query/limit'],
  'limt=5': ['invalid_request', '/query/limt'],
  'state=done': ['invalid_request', '/query/state'],
  'cursor=job_1': ['invalid_cursor', '/cursor'],
  'name=%00': ['malformed_request', '/query/name'],
};
for (const [query, [code, path]] of Object.entries(badQueries)) {
  test(`?${query} is 400 ${code} at ${path}`, async () => {
    const response = await api.inject({ url: `/v1/jobs?${query}` });
    const problem = response.json<Problem>();
    assert.equal(response.statusCode, 400, response.body);
    assert.deepEqual([problem.code, problem.errors?.[0]?.path], [code, path]);
  });
}

test('a plan has the numbers of the job, and stores nothing', async () => {
  const before = await api.traces();
  const response = await api.inject({ method: 'POST', url: '/v1/jobs/plan', payload: specOf(dataset) });
  const plan = response.json<Plan>();
  assert.equal(response.statusCode, 200, response.body);
  assert.deepEqual(await api.traces(), before);
  const job = await submit(api, specOf(dataset));
  assert.deepEqual(plan.spec, job.spec);
  assert.equal(
    plan.parameters,
    plan.layers.reduce((sum, layer) => sum + layer.parameters, 0),
  );
  const row = await api.db.selectFrom('jobs').select('peakBytes').where('id', '=', job.id).executeTakeFirstOrThrow();
  assert.equal(row.peakBytes, plan.peakBytes);
});

test('a queued job is cancelled at once, as often as asked; then it can be deleted, and is gone', async () => {
  const { id } = await submit(api, specOf(dataset));
  const early = await api.inject({ method: 'DELETE', url: `/v1/jobs/${id}` });
  assert.equal(early.statusCode, 409);
  const { code, state, allowed } = early.json<Problem>();
  assert.deepEqual([code, state, allowed?.includes('cancelled')], ['illegal_transition', 'queued', true]);

  for (const _ of [1, 2]) {
    const response = await api.inject({ method: 'POST', url: `/v1/jobs/${id}/cancel` });
    assert.equal(response.statusCode, 202, response.body);
    assert.equal(response.json<Job>().state, 'cancelled' satisfies JobState);
  }
  const events = (await api.inject({ url: `/v1/jobs/${id}/events` })).json<{
    items: { seq: number; type: string }[];
  }>();
  assert.deepEqual(
    events.items.map(({ seq, type }) => [seq, type]),
    [
      [1, 'state'],
      [2, 'state'],
    ],
  );

  assert.equal((await api.inject({ method: 'DELETE', url: `/v1/jobs/${id}` })).statusCode, 204);
  for (const url of [
    `/v1/jobs/${id}`,
    `/v1/jobs/${id}/events`,
    `/v1/jobs/${id}/metrics`,
    `/v1/jobs/${id}/checkpoints`,
  ]) {
    const response = await api.inject({ url });
    assert.deepEqual([response.statusCode, response.json<Problem>().code], [404, 'not_found'], url);
  }
});

test('a queued job is paused and resumed as often as asked; its hint is the one of its new generation', async () => {
  const { id } = await submit(api, specOf(dataset, { priority: 3 }));
  const ask = (request: string) => api.inject({ method: 'POST', url: `/v1/jobs/${id}/${request}` });
  for (const [request, state] of [
    ['pause', 'paused'],
    ['pause', 'paused'],
    ['resume', 'queued'],
    ['resume', 'queued'],
  ]) {
    const response = await ask(request!);
    assert.deepEqual([response.statusCode, response.json<Job>().state], [202, state], response.body);
  }
  const hint = { jobId: id, generation: 2, priority: 3 };
  const deadline = Date.now() + 10_000;
  while ((await api.parts.queue.missing([hint])).length > 0) assert.ok(Date.now() < deadline, 'no hint arrived');

  await ask('cancel');
  for (const request of ['pause', 'resume']) {
    const refused = await ask(request);
    const { code, state, allowed } = refused.json<Problem>();
    assert.deepEqual([refused.statusCode, code, state, allowed], [409, 'illegal_transition', 'cancelled', []]);
  }
});

test('the mode of a cancel is checked, and a body is not needed', async () => {
  const { id } = await submit(api, specOf(dataset));
  const cancel = (payload: object) => api.inject({ method: 'POST', url: `/v1/jobs/${id}/cancel`, payload });
  const refused = await cancel({ mode: 'now' });
  assert.deepEqual([refused.statusCode, refused.json<Problem>().errors?.[0]?.path], [400, '/mode']);
  assert.equal((await cancel({ mode: 'immediate' })).json<Job>().state, 'cancelled');
});

test('another tenant’s job is not found, by any route', async () => {
  const { spec } = await submit(api, specOf(dataset));
  const theirs = newJob(dataset.id, { tenantId: 'others', spec: spec as unknown as ReturnType<typeof newJob>['spec'] });
  await insertJob(api.db, theirs);
  const routes = [
    ['GET', ''],
    ['GET', '/events'],
    ['GET', '/metrics'],
    ['GET', '/checkpoints'],
    ['POST', '/pause'],
    ['POST', '/resume'],
    ['POST', '/cancel'],
    ['POST', '/fork'],
    ['POST', '/retry'],
    ['DELETE', ''],
  ] as const;
  for (const [method, tail] of routes) {
    const response = await api.inject({ method, url: `/v1/jobs/${theirs.id}${tail}` });
    assert.equal(response.statusCode, 404, `${method} ${tail}`);
  }
});

test('without Redis jobs are accepted all the same, and readiness is 200 degraded', async () => {
  const lonely = await startApi({ REDIS_URL: 'redis://127.0.0.1:1' });
  const job = await submit(lonely, specOf(await uploadPenguins(lonely)));
  assert.equal(job.state, 'queued');
  const readiness = await lonely.inject({ url: '/readyz' });
  assert.deepEqual([readiness.statusCode, readiness.json<{ status: string }>().status], [200, 'degraded']);
});
