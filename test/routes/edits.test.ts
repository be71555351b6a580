/** Changes to a job's training while it waits, is paused, or runs. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Consumer } from '../../src/run/consumer.js';
import type { Job } from '../../src/schemas/job.js';
import type { Metrics, Verification } from '../../src/schemas/run.js';
import { listEvents } from '../../src/store/events.js';
import { consumerOf } from '../run/support.js';
import type { Problem } from './problem-body.js';
import { specOf, startApi, submit, type TestApi, uploadPenguins } from './support.js';

let api: TestApi;
let dataset: { id: string };
let consumer: Consumer;

before(async () => {
  api = await startApi();
  dataset = await uploadPenguins(api);
  consumer = await consumerOf(api.parts);
});

const spec = {
  training: { steps: 1_000_000 },
  earlyStopping: { type: 'none' },
  checkpoints: { everySteps: 50, minSeconds: 0, keepLast: 100 },
  logging: { everySteps: 1 },
};
const get = async <T>(url: string): Promise<T> => (await api.inject({ url: `/v1/jobs/${url}` })).json<T>();
const edit = ({ id }: Job, payload: object) => api.inject({ method: 'PATCH', url: `/v1/jobs/${id}/training`, payload });

async function edited(job: Job, payload: object): Promise<Job> {
  const response = await edit(job, payload);
  assert.equal(response.statusCode, 202, response.body);
  return response.json<Job>();
}

async function until({ id }: Job, wanted: (job: Job) => boolean): Promise<Job> {
  for (const deadline = performance.now() + 30_000; ; await sleep(20)) {
    const job = await get<Job>(id);
    if (wanted(job)) return job;
    assert.ok(performance.now() < deadline, JSON.stringify([job.state, job.progress, job.edits, job.error]));
  }
}

test('a run takes changes up after a step, tells it, and ends where the last one says; its replay agrees', async () => {
  const job = await submit(api, specOf(dataset, spec));
  const run = consumer.run({ jobId: job.id, generation: 1 });
  await until(job, ({ progress }) => (progress?.step ?? 0) > 0);
  const asked = await edited(job, { learningRate: 0.01 });
  assert.deepEqual([asked.edits[0]!.step, asked.spec.optimizer?.learningRate], [null, 0.001], 'not in effect yet');
  const { edits, spec: now } = await until(job, (job) => job.edits[0]!.step !== null);
  const { step } = edits[0] as { step: number };
  assert.equal(now.optimizer?.learningRate, 0.01);

  const { progress } = await until(job, (job) => job.progress!.step > step);
  const steps = progress!.step + 5000;
  await edited(job, { steps });
  await run;
  const ended = await get<Job>(job.id);
  assert.deepEqual([ended.state, ended.result?.reason, ended.progress?.totalSteps], ['succeeded', 'completed', steps]);
  assert.deepEqual(ended.spec.training, { ...job.spec.training, steps });

  const rates = (await get<Metrics>(`${job.id}/metrics?names=train.learningRate`)).series[0]!;
  assert.deepEqual(
    rates.steps,
    Array.from({ length: steps }, (_, index) => index + 1),
    'no step twice, none missing',
  );
  assert.deepEqual([rates.values[step - 1], rates.values[step]], [0.001, 0.01]);
  const { items } = await listEvents(api.db, { tenantId: 'local', jobId: job.id, limit: 10_000 });
  assert.deepEqual(
    items.filter(({ type }) => type === 'edit').map(({ data }) => data),
    ended.edits,
  );
  const verified = await api.inject({ method: 'POST', url: `/v1/jobs/${job.id}/verify` });
  assert.equal(verified.json<Verification>().ok, true, verified.body);

  const late = await edit(job, { learningRate: 1 });
  assert.deepEqual([late.statusCode, late.json<Problem>().code], [409, 'illegal_transition']);
});

test('a job that waits is trained by the changed spec from its start, and its forks and retries are of it', async () => {
  const stopping = { ...spec, training: { epochs: 3 }, earlyStopping: { type: 'patience', patience: 5 } };
  const job = await submit(api, specOf(dataset, stopping));
  await edited(job, { patience: 9 });
  await edited(job, { learningRate: 0.02, steps: 12 });
  const same = await edited(job, { learningRate: 0.02, patience: 9 });
  assert.equal(same.edits.length, 2, 'what is so already is no change');
  await consumer.run({ jobId: job.id, generation: 1 });
  const ended = await get<Job>(job.id);
  assert.deepEqual([ended.state, ended.progress?.step], ['succeeded', 12]);
  assert.deepEqual(
    ended.edits.map(({ step }) => step),
    [0, 0],
  );
  const posted = await submit(api, {
    ...specOf(dataset, stopping),
    ...{ training: { steps: 12 }, optimizer: { type: 'adam', learningRate: 0.02 } },
    earlyStopping: { type: 'patience', patience: 9 },
  });
  assert.deepEqual(ended.spec, posted.spec);
  const fork = await api.inject({ method: 'POST', url: `/v1/jobs/${job.id}/fork`, payload: {} });
  assert.deepEqual(fork.json<Job>().spec, posted.spec);
});

test('names the field of a change that cannot be', async () => {
  const job = await submit(api, specOf(dataset, spec));
  const refused: [payload: object, status: number, path: string][] = [
    [{}, 400, ''],
    [{ learningRate: 0 }, 400, '/learningRate'],
    [{ learningRate: '0.1' }, 400, '/learningRate'],
    [{ steps: 0 }, 400, '/steps'],
    [{ patience: 1.5 }, 400, '/patience'],
    [{ patience: 3 }, 422, '/patience'],
    [{ batchSize: 3 }, 400, '/batchSize'],
  ];
  for (const [payload, status, path] of refused) {
    const response = await edit(job, payload);
    assert.equal(response.statusCode, status, response.body);
    assert.equal(response.json<Problem>().errors?.[0]?.path, path, response.body);
  }
  const split = { type: 'random', folds: 3 };
  const folded = await submit(api, specOf(dataset, { ...spec, dataset: { id: dataset.id, target: 'species', split } }));
  const whole = await edit(folded, { learningRate: 0.1 });
  assert.deepEqual([whole.statusCode, whole.json<Problem>().errors?.[0]?.got], [422, 'dataset.split.folds']);
  const progress = { percent: 1, epoch: 1, step: 40, totalSteps: 100, stepsPerSecond: null, etaSeconds: null };
  const set = { progress: JSON.stringify({ ...progress, updatedAt: new Date().toISOString() }) };
  await api.db.updateTable('jobs').set(set).where('id', '=', job.id).execute();
  const made = await edit(job, { steps: 40 });
  assert.equal(made.statusCode, 422, made.body);
  assert.deepEqual(made.json<Problem>().errors?.[0], {
    ...{ path: '/steps', message: 'the job has made 40 steps', expected: 'more than 40', got: 40 },
  });
  const one = { learningRate: 0.1, at: new Date().toISOString(), step: null, refused: null };
  const edits = JSON.stringify(Array.from({ length: 1000 }, () => one));
  const changed = await submit(api, specOf(dataset, spec));
  await api.db.updateTable('jobs').set({ edits }).where('id', '=', changed.id).execute();
  const often = await edit(changed, { learningRate: 0.2 });
  assert.deepEqual([often.statusCode, often.json<Problem>().errors?.[0]?.got], [422, 1000]);
  await api.inject({ method: 'POST', url: `/v1/jobs/${job.id}/cancel` });
  assert.equal((await edit(job, { steps: 50 })).statusCode, 409);
  assert.equal(
    (
      await api.inject({
        method: 'PATCH',
        url: '/v1/jobs/job_00000000000000000000000000/training',
        payload: { steps: 1 },
      })
    ).statusCode,
    404,
  );
});
