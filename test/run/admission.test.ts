/** Who may take a job, and what is said on one that nobody takes. */
import assert from 'node:assert/strict';
import { beforeEach, it } from 'node:test';
import type { Artifacts } from '../../src/artifacts/index.js';
import { threadBytes } from '../../src/run/memory-budget.js';
import { listCheckpoints } from '../../src/store/checkpoints.js';
import { registerConsumer } from '../../src/store/consumers.js';
import type { DatasetRow } from '../../src/store/datasets.js';
import { getJob, type JobRow } from '../../src/store/jobs.js';
import { requestResume } from '../../src/store/requests.js';
import { freshDatabase } from '../support/database.js';
import { type Body, tenantId, Yard } from './fixtures.js';
import { consumerOf } from './support.js';

const body: Body = {
  model: { type: 'mlp', hidden: [8] },
  training: { epochs: 10 },
  earlyStopping: { type: 'none' },
  checkpoints: { everyEpochs: 5, minSeconds: 0 },
};

let yard: Yard;
let mpg: DatasetRow;
beforeEach(async () => {
  yard = await Yard.open(await freshDatabase(), { KERNELS: 'reference', LEASE_SECONDS: '60' });
  mpg = await yard.addExample('mpg');
});

async function read(jobId: string): Promise<JobRow> {
  const job = await getJob(yard.db, { tenantId, id: jobId });
  assert.ok(job);
  return job;
}

it('a job that does not fit stays queued and says so, until a consumer comes that has the memory', async () => {
  const jobId = await yard.submit(mpg, 'mpg', body);
  const { peakBytes } = await read(jobId);
  const hint = { jobId, generation: 1 };
  const small = await consumerOf(yard, { memoryBytes: peakBytes + threadBytes - 1 });
  await small.handle(hint);
  const { state, reason, attempt } = await read(jobId);
  assert.deepEqual([state, reason, attempt], ['queued', 'insufficient_memory', 0]);
  const enough = await consumerOf(yard, { memoryBytes: peakBytes + threadBytes });
  await enough.handle(hint);
  const ended = await read(jobId);
  assert.deepEqual([ended.state, ended.reason], ['succeeded', null]);
});

/** A job that was stopped at its first checkpoint, back in the queue as generation 2. */
async function halfDone(): Promise<string> {
  const jobId = await yard.submit(mpg, 'mpg', { ...body, training: { epochs: 300 } });
  const put: typeof yard.artifacts.put = async (...args) => {
    const stored = await yard.artifacts.put(...args);
    consumer.stop();
    return stored;
  };
  const artifacts = new Proxy(yard.artifacts, {
    get: (target, name: keyof Artifacts) => (name === 'put' ? put : target[name].bind(target)),
  });
  const consumer = await consumerOf(yard, { artifacts });
  await consumer.run({ jobId, generation: 1 });
  assert.equal((await read(jobId)).state, 'queued');
  assert.ok((await listCheckpoints(yard.db, { tenantId, jobId, limit: 10 })).items.length > 0);
  return jobId;
}

it('a consumer of another fingerprint leaves a job with checkpoints alone, which says so if nobody alive has its own', async () => {
  const jobId = await halfDone();
  const { fingerprint } = await read(jobId);
  const consumer = { host: 'h', pid: 1, cores: 1, freeBytes: 2 ** 32, gflops: 1, fingerprint: fingerprint! };
  await registerConsumer(yard.db, { ...consumer, id: 'of-its-own' });
  const other = await consumerOf(yard, { fingerprint: 'other' });
  await other.handle({ jobId, generation: 2 });
  assert.deepEqual(
    [(await read(jobId)).state, (await read(jobId)).reason],
    ['queued', 'the consumer is shutting down'],
  );

  await yard.db.deleteFrom('consumers').execute();
  for (const ask of [() => other.handle({ jobId, generation: 2 }), () => other.run({ jobId, generation: 2 })]) {
    await ask();
    const { state, reason, attempt } = await read(jobId);
    assert.deepEqual([state, reason, attempt], ['queued', 'fingerprint', 1]);
  }

  const same = await consumerOf(yard);
  await same.handle({ jobId, generation: 2 });
  assert.equal((await read(jobId)).state, 'succeeded');
});

it('once another is allowed, such a consumer takes it, and the transitions say who allowed it and what changed', async () => {
  const jobId = await halfDone();
  const { fingerprint } = await read(jobId);
  for (const _ of ['once', 'twice']) {
    const { state, generation } = await requestResume(yard.db, { tenantId, id: jobId, allowKernelChange: true });
    assert.deepEqual([state, generation], ['queued', 3]);
  }
  const config = { ...yard.config, kernels: 'wasm' as const };
  const other = await consumerOf({ ...yard, db: yard.db, artifacts: yard.artifacts, config });
  await other.handle({ jobId, generation: 3 });
  const job = await read(jobId);
  assert.equal(job.state, 'succeeded', JSON.stringify(job.error));
  assert.notEqual(job.fingerprint, fingerprint);
  assert.deepEqual(
    job.transitions.slice(-3).map(({ actor, reason }) => [actor, reason]),
    [
      ['client', 'other kernels are allowed'],
      ['consumer:test', `kernels change from ${fingerprint} to ${job.fingerprint}`],
      ['consumer:test', null],
    ],
  );
});

it('a run that broke off after its final checkpoint ends with that one, not with a second', async () => {
  const jobId = await yard.submit(mpg, 'mpg', body);
  await (await consumerOf(yard)).run({ jobId, generation: 1 });
  const before = (await listCheckpoints(yard.db, { tenantId, jobId, limit: 10 })).items;
  // As it was between the checkpoint and the end.
  await yard.db.deleteFrom('models').execute();
  await yard.db.updateTable('jobs').set({ state: 'queued', finishedAt: null }).where('id', '=', jobId).execute();
  await (await consumerOf(yard)).run({ jobId, generation: 1 });
  const { state, result } = await read(jobId);
  assert.deepEqual([state, result?.bestCheckpointId], ['succeeded', before[0]!.id]);
  const after = (await listCheckpoints(yard.db, { tenantId, jobId, limit: 10 })).items;
  const idsOf = (rows: typeof before) => rows.map(({ id }) => id);
  assert.deepEqual(idsOf(after), idsOf(before));
});
