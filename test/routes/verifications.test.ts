/** Runs trained again in part: equal bytes where all is well, and told where it is not. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { before, test } from 'node:test';
import type { Job } from '../../src/schemas/job.js';
import type { Checkpoint, Verification } from '../../src/schemas/run.js';
import { consumerOf } from '../run/support.js';
import type { Problem } from './problem-body.js';
import { specOf, startApi, submit, type TestApi, uploadPenguins } from './support.js';

let api: TestApi;
let dataset: { id: string };
before(async () => {
  api = await startApi();
  dataset = await uploadPenguins(api);
});

const spec = {
  training: { epochs: 20 },
  earlyStopping: { type: 'none' },
  checkpoints: { everyEpochs: 5, minSeconds: 0, keepLast: 10 },
};
const verify = ({ id }: Job) => api.inject({ method: 'POST', url: `/v1/jobs/${id}/verify` });
const checkpointsOf = async ({ id }: Job) =>
  (await api.inject({ url: `/v1/jobs/${id}/checkpoints` })).json<{ items: Checkpoint[] }>().items;

async function train(more: object, config = api.parts.config): Promise<Job> {
  const job = await submit(api, specOf(dataset, { ...spec, ...more }));
  const consumer = await consumerOf({ ...api.parts, config });
  await consumer.run({ jobId: job.id, generation: 1 });
  return job;
}

test('the steps between the last two checkpoints give the bytes of the last; another hash is told', async () => {
  const job = await train({});
  const [to, from] = (await checkpointsOf(job)) as [Checkpoint, Checkpoint];
  const expectedSha256 = to.sha256;
  const verified = { ok: true, from: from.id, to: to.id, steps: to.step - from.step, expectedSha256 };
  const response = await verify(job);
  assert.equal(response.statusCode, 200, response.body);
  assert.deepEqual(response.json<Verification>(), { ...verified, gotSha256: to.sha256 });

  const forged = '0'.repeat(64);
  await api.db.updateTable('checkpoints').set({ sha256: forged }).where('id', '=', to.id).execute();
  const told = (await verify(job)).json<Verification>();
  assert.deepEqual(told, { ...verified, ok: false, expectedSha256: forged, gotSha256: to.sha256 });
});

test('a run with one checkpoint, cut short by its time limit, is trained again from its start', async () => {
  const model = { type: 'mlp', hidden: [512, 512] }; // some hundred steps in that time
  const endless = { training: { steps: 1_000_000 }, checkpoints: { everySteps: 1_000_000 } };
  const job = await train({ ...endless, model, limits: { maxSeconds: 0.3 } });
  const [to] = (await checkpointsOf(job)) as [Checkpoint];
  const { ok, from, steps } = (await verify(job)).json<Verification>();
  assert.deepEqual({ ok, from, steps }, { ok: true, from: null, steps: to.step });
});

test('each checkpoint continues the chain of hashes of the one before it', async () => {
  let chain = '';
  for (const { sha256, chainSha256 } of (await checkpointsOf(await train({}))).reverse()) {
    chain = createHash('sha256').update(`${chain}${sha256}`).digest('hex');
    assert.equal(chainSha256, chain);
  }
});

test('no checkpoint, a damaged one before the last, and other kernels are unverifiable; an unknown job is 404', async () => {
  const detail = async (job: Job) => {
    const response = await verify(job);
    const problem = response.json<Problem>();
    assert.deepEqual([response.statusCode, problem.code], [422, 'unverifiable'], response.body);
    return problem.detail;
  };
  assert.match(await detail(await submit(api, specOf(dataset))), /no checkpoint/);
  assert.match(await detail(await train({}, { ...api.parts.config, kernels: 'reference' })), /fingerprint.*reference/);

  const damaged = await train({});
  const [, from] = (await checkpointsOf(damaged)) as [Checkpoint, Checkpoint];
  await api.db
    .updateTable('checkpoints')
    .set({ sha256: '0'.repeat(64) })
    .where('id', '=', from.id)
    .execute();
  assert.match(await detail(damaged), /expected SHA-256 0{64}/);

  assert.equal((await verify({ id: `job_${'0'.repeat(26)}` } as Job)).statusCode, 404);
});
