/** Usage and quotas over HTTP: what is counted, what is refused and why, and that no more is taken by asking at once. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Job } from '../../src/schemas/job.js';
import type { Checkpoint } from '../../src/schemas/run.js';
import type { Sweep } from '../../src/schemas/sweep-results.js';
import type { Usage } from '../../src/schemas/usage.js';
import { advanceSweeps } from '../../src/services/advance-sweep.js';
import { createPlanner } from '../../src/services/planner.js';
import { getDataset } from '../../src/store/datasets.js';
import { type Limit, setQuota } from '../../src/store/quotas.js';
import type { Problem } from './problem-body.js';
import { finished } from './split-tables.js';
import { csv, penguins, specOf, startApi, submit, type TestApi, uploadPenguins, uploadRequest } from './support.js';
import { ask } from './training.js';

const tenantId = 'local';
let api: TestApi;
let datasetId: string;
let job: Job;
/** Ends after 20 steps. */
const spec = () => specOf({ id: datasetId }, { training: { steps: 20 } });

before(async () => {
  api = await startApi();
  datasetId = (await uploadPenguins(api)).id;
  job = await finished(api, spec());
});

const usage = async () => (await api.inject({ url: '/v1/usage' })).json<Usage>();
const limit = (limits: Partial<Record<Limit, number>>) =>
  setQuota(api.db, { tenantId, activeJobs: null, bytes: null, steps: null, ...limits });
const post = (url: string, payload: object = {}) => api.inject({ method: 'POST', url, payload });
const refusal = (response: { statusCode: number; json<T>(): T }) => {
  const { code, errors } = response.json<Problem>();
  return [response.statusCode, code, errors?.[0]?.code];
};

test('datasets, checkpoints, jobs, steps and predictions are counted as they are stored, and none has a limit', async () => {
  await ask(api, job, 'predict', { rows: [{}, {}, {}] });
  const { datasets, checkpoints, jobs, steps, predictions, models, quotas } = await usage();
  const stored = (await getDataset(api.db, { tenantId, id: datasetId }))!;
  assert.deepEqual(datasets, { count: 1, bytes: stored.artifactBytes });
  const { items } = (await api.inject({ url: `/v1/jobs/${job.id}/checkpoints` })).json<{ items: Checkpoint[] }>();
  const bytes = items.reduce((sum, checkpoint) => sum + checkpoint.bytes, 0);
  assert.deepEqual(checkpoints, { count: items.length, bytes });
  assert.deepEqual(
    [jobs, steps],
    [
      { count: 1, active: 0 },
      { made: 20, promised: 0 },
    ],
  );
  assert.deepEqual([predictions, models], [3, { count: 0 }]);
  const bytesUsed = stored.artifactBytes + bytes;
  const none = (used: number) => ({ limit: null, used });
  assert.deepEqual(quotas, { activeJobs: none(0), bytes: none(bytesUsed), steps: none(20) });
});

test('of many submissions at once, as many are accepted as the quota has room for, with keys and without', async () => {
  await limit({ activeJobs: 3 });
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, at) => {
      const headers = at % 2 ? { 'idempotency-key': `race-${at}` } : {};
      return api.inject({ method: 'POST', url: '/v1/jobs', payload: spec(), headers });
    }),
  );
  const accepted = answers.filter(({ statusCode }) => statusCode === 202);
  assert.equal(accepted.length, 3);
  const [refused] = answers.filter(({ statusCode }) => statusCode !== 202);
  assert.deepEqual(refusal(refused!), [409, 'quota_exceeded', 'activeJobs']);
  assert.match(refused!.json<Problem>().detail, /activeJobs: 3 of 3 are taken, and 1 more were asked for/);
  assert.deepEqual((await usage()).steps, { made: 20, promised: 60 });
  assert.deepEqual(refusal(await post(`/v1/jobs/${job.id}/fork`)), [409, 'quota_exceeded', 'activeJobs']);
  for (const answer of accepted) await post(`/v1/jobs/${answer.json<Job>().id}/cancel`);
  assert.deepEqual((await usage()).quotas.activeJobs, { limit: 3, used: 0 });
  await submit(api, spec()).then(({ id }) => post(`/v1/jobs/${id}/cancel`));
});

test('steps are those that a job will make: a fork that goes on asks for the rest, an edit for more; deleted jobs count', async () => {
  await limit({ steps: 50 });
  assert.deepEqual(refusal(await post('/v1/jobs', specOf({ id: datasetId }, { training: { steps: 31 } }))), [
    ...[409, 'quota_exceeded', 'steps'],
  ]);
  const fork = (steps: number) => post(`/v1/jobs/${job.id}/fork`, { from: 'last', patch: { training: { steps } } });
  assert.deepEqual(refusal(await fork(51)), [409, 'quota_exceeded', 'steps']);
  const { id } = (await fork(45)).json<Job>(); // 25 of its own
  assert.deepEqual((await usage()).steps, { made: 20, promised: 25 });
  const edit = (steps: number) => api.inject({ method: 'PATCH', url: `/v1/jobs/${id}/training`, payload: { steps } });
  assert.deepEqual(refusal(await edit(51)), [409, 'quota_exceeded', 'steps']);
  assert.equal((await edit(50)).statusCode, 202);
  assert.deepEqual((await usage()).steps, { made: 20, promised: 30 });
  await post(`/v1/jobs/${id}/cancel`);
  assert.deepEqual(
    refusal(await post('/v1/jobs', specOf({ id: datasetId }, { training: { steps: 31 } }))).slice(0, 2),
    [...[409, 'quota_exceeded']],
  );
  const extra = await finished(api, specOf({ id: datasetId }, { training: { steps: 5 } }));
  assert.equal((await api.inject({ method: 'DELETE', url: `/v1/jobs/${extra.id}` })).statusCode, 204);
  assert.deepEqual((await usage()).steps, { made: 25, promised: 0 });
});

test('bytes: neither an upload nor a job begins where there is no room', async () => {
  const { quotas } = await usage();
  await limit({ bytes: quotas.bytes.used + 10 });
  assert.deepEqual(refusal(await post('/v1/jobs', spec())), [409, 'quota_exceeded', 'bytes']);
  const before = await api.traces();
  const upload = uploadRequest(csv(`${await penguins()}Adelie,Dream,39,18,190,3700,male\n`));
  assert.deepEqual(refusal(await api.inject(upload)), [409, 'quota_exceeded', 'bytes']);
  assert.deepEqual(await api.traces(), before);
  await limit({ bytes: quotas.bytes.used });
  assert.deepEqual(refusal(await api.inject(upload)), [409, 'quota_exceeded', 'bytes'], 'before it is read');
});

test('a sweep waits where the quota has no room for a trial, and goes on when it has', async () => {
  await limit({ activeJobs: 1 });
  const other = await submit(api, spec());
  const parameters = { '/optimizer/learningRate': { type: 'choice', values: [0.01, 0.001] } };
  const sweep = (
    await post('/v1/sweeps', { job: spec(), parameters, method: { type: 'grid' }, budget: { trials: 2 } })
  ).json<Sweep>();
  const planned = createPlanner(api.parts);
  const advanced = async () => {
    await advanceSweeps({ ...api.parts, planned });
    const jobs = (await api.inject({ url: `/v1/jobs?sweep=${sweep.id}` })).json<{ items: Job[] }>().items;
    const { state } = (await api.inject({ url: `/v1/sweeps/${sweep.id}` })).json<Sweep>();
    return [state, jobs.length];
  };
  assert.deepEqual(await advanced(), ['running', 0]);
  await post(`/v1/jobs/${other.id}/cancel`);
  assert.deepEqual(await advanced(), ['running', 1]);
});
