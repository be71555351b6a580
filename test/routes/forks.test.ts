/** Forks and retries: new jobs that start from what another has learnt. */
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Consumer } from '../../src/run/consumer.js';
import type { Job } from '../../src/schemas/job.js';
import type { Checkpoint, Metrics } from '../../src/schemas/run.js';
import { consumerOf } from '../run/support.js';
import type { Problem } from './problem-body.js';
import { specOf, startApi, submit, type TestApi, uploadPenguins } from './support.js';

let api: TestApi;
let dataset: { id: string };
let consumer: Consumer;
/** Succeeded after 20 epochs of 7 updates. */
let parent: Job;

const spec = {
  training: { epochs: 20 },
  earlyStopping: { type: 'none' },
  checkpoints: { everyEpochs: 5, minSeconds: 0, keepLast: 10 },
  logging: { everySteps: 1 },
};

before(async () => {
  api = await startApi();
  dataset = await uploadPenguins(api);
  consumer = await consumerOf(api.parts);
  parent = await train(await submit(api, specOf(dataset, spec)));
});

const post = (url: string, payload?: object, headers: Record<string, string> = {}) =>
  api.inject({ method: 'POST', url: `/v1/jobs/${url}`, headers, ...(payload && { payload }) });
const get = async <T>(url: string): Promise<T> => (await api.inject({ url: `/v1/jobs/${url}` })).json<T>();

async function train({ id }: Job): Promise<Job> {
  await consumer.run({ jobId: id, generation: 1 });
  return get<Job>(id);
}

async function fork(body?: object): Promise<Job> {
  const response = await post(`${parent.id}/fork`, body);
  assert.equal(response.statusCode, 202, response.body);
  const job = response.json<Job>();
  assert.equal(response.headers.location, `/v1/jobs/${job.id}`);
  assert.equal(job.forkOf, parent.id);
  return job;
}

const checkpointsOf = async ({ id }: Job) => (await get<{ items: Checkpoint[] }>(`${id}/checkpoints`)).items;
async function stepsOf({ id }: Job): Promise<[first: number | undefined, last: number | undefined]> {
  const { steps } = (await get<Metrics>(`${id}/metrics?names=train.loss`)).series[0]!;
  return [Number(steps[0]), Number(steps.at(-1))];
}

test('without a body it is the same job again, and ends in the same bits', async () => {
  const again = await fork();
  assert.deepEqual(again.spec, parent.spec);
  const ended = await train(again);
  const shas = await Promise.all([parent, ended].map(async (job) => (await checkpointsOf(job))[0]!.sha256));
  assert.equal(shas[0], shas[1]);
});

test('from the last checkpoint a longer training goes on at its step; with another optimizer it starts at 0', async () => {
  const longer = await fork({ from: 'last', patch: { training: { epochs: 30 } } });
  const [{ id }] = (await checkpointsOf(parent)) as [Checkpoint];
  const total = parent.progress!.totalSteps;
  assert.equal(
    longer.transitions[0]?.reason,
    `fork of ${parent.id}, from ${id} at step ${total}: its training goes on`,
  );
  assert.equal((await train(longer)).state, 'succeeded');
  assert.deepEqual(await stepsOf(longer), [total + 1, 1.5 * total]);

  const other = await fork({ from: 'last', patch: { optimizer: { type: 'sgd' }, training: { epochs: 1 } } });
  assert.match(other.transitions[0]?.reason ?? '', /its last weights alone$/);
  assert.equal((await train(other)).state, 'succeeded');
  assert.deepEqual(await stepsOf(other), [1, total / 20]);
  const [first, fresh] = await Promise.all(
    [other, parent].map(async ({ id }) => (await get<Metrics>(`${id}/metrics?names=train.loss`)).series[0]!.values[0]),
  );
  assert.ok(Number(first) < 0.5 * Number(fresh), `${first} against ${fresh} from scratch`);
});

test('from a checkpoint in the middle, an unchanged spec ends in the bits of its parent', async () => {
  const middle = (await checkpointsOf(parent)).at(-1)!;
  assert.ok(middle.step < parent.progress!.totalSteps);
  const ended = await train(await fork({ from: middle.id }));
  assert.equal((await checkpointsOf(ended))[0]!.sha256, (await checkpointsOf(parent))[0]!.sha256);
});

test('it outlives its parent’s file, and its own copy goes with it', async () => {
  const { artifacts } = api.parts;
  const job = await fork({ from: 'best' });
  assert.deepEqual(await artifacts.list(`jobs/${job.id}`), [`jobs/${job.id}/origin.safetensors`]);
  await post(`${job.id}/cancel`);
  assert.equal((await api.inject({ method: 'DELETE', url: `/v1/jobs/${job.id}` })).statusCode, 204);
  assert.deepEqual(await artifacts.list(`jobs/${job.id}`), []);
});

const refused: Record<string, [body: object, status: number, path: string, code?: string]> = {
  'a model of other shapes': [
    { from: 'last', patch: { model: { hidden: [3] } } },
    422,
    '/model',
    'checkpoint_mismatch',
  ],
  'another split': [{ from: 'best', patch: { dataset: { ignore: ['sex'] } } }, 422, '/dataset', 'other_preparation'],
  'another seed': [{ from: 'last', patch: { training: { seed: 2 } } }, 422, '/training/seed', 'other_preparation'],
  'nothing left to train': [{ from: 'last', patch: { priority: 1 } }, 422, '/training', 'nothing_left'],
  'an unknown checkpoint': [{ from: `ckpt_${'0'.repeat(26)}` }, 422, '/from', 'no_checkpoint'],
  'a patch to an impossible spec': [{ patch: { training: { batchSize: 0 } } }, 400, '/training/batchSize'],
  'a patch with an unknown field': [{ patch: { modle: {} } }, 400, '/modle'],
  'a word for no checkpoint': [{ from: 'worst' }, 400, '/from'],
};
for (const [title, [body, status, path, code]] of Object.entries(refused)) {
  test(`${title} is ${status} at ${path}, and leaves no file`, async () => {
    const before = (await api.traces()).files;
    const response = await post(`${parent.id}/fork`, body);
    assert.equal(response.statusCode, status, response.body);
    const [error] = response.json<Problem>().errors ?? [];
    assert.deepEqual([error?.path, error?.code], [path, code]);
    const files = (await api.traces()).files;
    assert.deepEqual(
      files.filter((file) => file.endsWith('.safetensors')),
      before.filter((file) => file.endsWith('.safetensors')),
    );
  });
}

test('a key makes one fork of equal requests', async () => {
  const headers = { 'idempotency-key': 'fork' };
  const answers = await Promise.all(
    [1, 2, 3].map(() => post(`${parent.id}/fork`, { from: 'last', patch: { training: { epochs: 40 } } }, headers)),
  );
  const ids = new Set(answers.map((answer) => answer.json<Job>().id));
  assert.equal(ids.size, 1);
  const other = await post(`${parent.id}/fork`, { from: 'best' }, headers);
  assert.deepEqual([other.statusCode, other.json<Problem>().code], [422, 'idempotency_mismatch']);
});

test('a fork from the last of a run that prunes it meanwhile keeps it until it is copied, from a slow store too', async () => {
  const frequent = {
    ...spec,
    training: { epochs: 1_000_000 },
    checkpoints: { everySteps: 1, minSeconds: 0, keepLast: 1 },
  };
  const running = await submit(api, specOf(dataset, frequent));
  const ended = train(running);
  while ((await checkpointsOf(running)).length === 0) await sleep(20);
  const { artifacts } = api.parts;
  const get = artifacts.get.bind(artifacts);
  artifacts.get = async (...what) => {
    await sleep(300); // tens of checkpoints later
    return get(...what);
  };
  for (let count = 0; count < 5; count++) {
    const answer = await post(`${running.id}/fork`, { from: 'last', patch: { training: { epochs: 2_000_000 } } });
    assert.equal(answer.statusCode, 202, answer.body);
    assert.match(answer.json<Job>().transitions[0]?.reason ?? '', /its training goes on$/);
  }
  artifacts.get = get;
  await post(`${running.id}/cancel`, { mode: 'immediate' });
  await ended;
});

test('a fork that is refused after its origin was copied leaves no file', async () => {
  const { artifacts } = api.parts;
  const headers = { 'idempotency-key': 'taken-meanwhile' };
  const put = artifacts.put.bind(artifacts);
  artifacts.put = async (...copy) => {
    artifacts.put = put;
    await post(`${parent.id}/fork`, {}, headers); // another request of this key is faster
    return put(...copy);
  };
  const before = (await artifacts.list('jobs')).length;
  const answer = await post(`${parent.id}/fork`, { from: 'best' }, headers);
  assert.deepEqual([answer.statusCode, answer.json<Problem>().code], [422, 'idempotency_mismatch']);
  assert.equal((await artifacts.list('jobs')).length, before);
});

test('a retry starts from the last whole checkpoint, passing over a damaged one, and ends in the same bits', async () => {
  const job = await submit(api, specOf(dataset, spec));
  const early = await post(`${job.id}/retry`);
  assert.deepEqual([early.statusCode, early.json<Problem>().state], [409, 'queued']);
  await train(job);
  const [final, whole] = (await checkpointsOf(job)) as [Checkpoint, Checkpoint];
  // As if it had failed at its end, with a file that is not what was written.
  await api.db.updateTable('jobs').set({ state: 'failed' }).where('id', '=', job.id).execute();
  const rows = await api.db.selectFrom('checkpoints').select('artifactKey').where('id', '=', final.id).execute();
  const path = fileURLToPath(`${api.config.artifactsUrl}/${rows[0]!.artifactKey}`);
  const damaged = await readFile(path);
  damaged[damaged.length - 1]! ^= 1;
  await writeFile(path, damaged);

  const [first, second] = await Promise.all([post(`${job.id}/retry`), post(`${job.id}/retry`)]);
  assert.equal(first.statusCode, 202, first.body);
  const retry = first.json<Job>();
  assert.equal(second.json<Job>().id, retry.id, 'asked twice');
  assert.equal(retry.transitions[0]?.reason, `retry of ${job.id}, from ${whole.id} at step ${whole.step}`);
  const [last] = await checkpointsOf(await train(retry));
  assert.equal(last?.sha256, final.sha256);
  assert.deepEqual(await stepsOf(retry), [whole.step + 1, final.step]);
});
