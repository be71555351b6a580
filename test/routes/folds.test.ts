/** A cross-validated job over HTTP: what is told of its folds, its checkpoints trained again, and what it cannot start from. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Consumer } from '../../src/run/consumer.js';
import type { Job, Plan } from '../../src/schemas/job.js';
import type { Checkpoint, Metrics, Verification } from '../../src/schemas/run.js';
import { consumerOf } from '../run/support.js';
import type { Problem } from './problem-body.js';
import { specOf, startApi, submit, type TestApi, uploadPenguins } from './support.js';

let api: TestApi;
let dataset: { id: string };
let consumer: Consumer;
let job: Job;

/** 344 rows, 69 of which test: 275 in folds of 91 or 92, trained on in 12 steps of 16 an epoch. */
const spec = (more: object = {}) => ({
  dataset: { id: dataset.id, target: 'species', split: { type: 'random', folds: 3 } },
  training: { epochs: 4, batchSize: 16 },
  earlyStopping: { type: 'none' },
  checkpoints: { everyEpochs: 2, minSeconds: 0, keepLast: 20 },
  ...more,
});
const get = async <T>(url: string): Promise<T> => (await api.inject({ url: `/v1/jobs/${url}` })).json<T>();
const post = (url: string, payload?: object) =>
  api.inject({ method: 'POST', url: `/v1/jobs/${url}`, ...(payload && { payload }) });

async function run({ id }: Job): Promise<Job> {
  await consumer.run({ jobId: id, generation: 1 });
  return get<Job>(id);
}

before(async () => {
  api = await startApi();
  dataset = await uploadPenguins(api);
  consumer = await consumerOf(api.parts);
  job = await run(await submit(api, specOf(dataset, spec())));
});

test('the result has mean and deviation of each metric over the folds, and what the model of all reaches on the test', async () => {
  assert.equal(job.state, 'succeeded', JSON.stringify(job.error));
  const { folds, metrics } = job.result!;
  assert.deepEqual([folds?.count, metrics.train.rows, metrics.validation, metrics.test?.rows], [3, 275, null, 69]);
  const { mean, deviation, values } = folds!.metrics['accuracy']!;
  const [a, b, c] = values.map(Number) as [number, number, number];
  assert.ok(Math.abs(Number(mean) - (a + b + c) / 3) < 1e-12 && a > 0.8 && b > 0.8 && c > 0.8);
  const centre = Number(mean);
  const variance = ((a - centre) ** 2 + (b - centre) ** 2 + (c - centre) ** 2) / 3;
  assert.ok(Math.abs(Number(deviation) ** 2 - variance) < 1e-12);
  assert.ok(Number(metrics.test?.values['accuracy']) > 0.8);
  assert.deepEqual(job.spec.dataset.split, {
    ...{ type: 'random', folds: 3 },
    validation: 0,
    test: 0.2,
    stratify: true,
  });
});

test('the plan’s steps are those of all runs, and progress ends at as many as were made', async () => {
  const response = await post('plan', specOf(dataset, spec()));
  assert.equal(response.json<Plan>().totalSteps, 4 * 48);
  const { step, totalSteps, percent } = job.progress!;
  assert.ok(step > 3 * 48 && step <= 4 * 48);
  assert.deepEqual([totalSteps, percent], [step, 100]);
});

test('each fold has its own series, one behind the other', async () => {
  const names = ['fold1', 'fold2', 'fold3'].flatMap((fold) => [`${fold}.train.loss`, `${fold}.validation.accuracy`]);
  const { series } = await get<Metrics>(`${job.id}/metrics?names=${[...names, 'train.loss'].join(',')}`);
  const firstOf = (name: string) => Number(series.find((one) => one.name === name)!.steps[0]);
  assert.deepEqual([...names, 'train.loss'].map(firstOf), [1, 12, 49, 60, 97, 108, 145]);
});

test('every checkpoint is what the one before gives, across the end of a fold as well', async () => {
  const { items } = await get<{ items: Checkpoint[] }>(`${job.id}/checkpoints`);
  const steps = items.map(({ step }) => step).toSorted((a, b) => b - a);
  assert.deepEqual(steps.slice(-6), [144, 120, 96, 72, 48, 24]);
  for (const [index, step] of steps.entries()) {
    const { ok, ...told } = (await post(`${job.id}/verify`)).json<Verification>();
    assert.deepEqual([ok, told.steps], [true, step - (steps[index + 1] ?? 0)], JSON.stringify(told));
    await api.db.deleteFrom('models').where('checkpointId', '=', told.to).execute();
    await api.db.deleteFrom('checkpoints').where('id', '=', told.to).execute();
  }
});

test('a retry goes on in the fold where the job was cancelled, and ends in the same bits', async () => {
  const body = specOf(dataset, spec({ training: { epochs: 400, batchSize: 16 }, checkpoints: { everyEpochs: 100 } }));
  const [whole, cancelled] = [await run(await submit(api, body)), await submit(api, body)];
  const running = run(cancelled);
  for (;;) {
    const { progress, state } = await get<Job>(cancelled.id);
    assert.ok(state === 'queued' || state === 'running', state);
    if (progress !== null && progress.step > 5000) break;
  }
  await post(`${cancelled.id}/cancel`);
  const { state } = await running;
  assert.equal(state, 'cancelled');
  const retried = await run((await post(`${cancelled.id}/retry`)).json<Job>());
  const finalOf = async ({ id }: Job) => (await get<{ items: Checkpoint[] }>(`${id}/checkpoints`)).items[0]!;
  const [a, b] = [await finalOf(whole), await finalOf(retried)];
  assert.deepEqual([b.kind, b.sha256, retried.result?.folds], ['final', a.sha256, whole.result?.folds]);
});

test('a fork from a checkpoint is refused, since its weights have seen the folds', async () => {
  const patch = { training: { epochs: 5 } };
  const whole = await run(await submit(api, specOf(dataset, spec())));
  const refused = await post(`${whole.id}/fork`, { from: 'last', patch });
  assert.equal(refused.statusCode, 422, refused.body);
  assert.deepEqual(refused.json<Problem>().errors?.[0]?.path, '/dataset/split/folds');
  assert.equal((await post(`${whole.id}/fork`, { from: 'start', patch })).statusCode, 202);
});
