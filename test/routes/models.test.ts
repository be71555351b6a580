/** The whole way over HTTP: a table is uploaded, a consumer trains on it, and its model predicts raw rows. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { before, test } from 'node:test';
import type { Job } from '../../src/schemas/job.js';
import type { ModelDetails } from '../../src/schemas/model.js';
import type { Metrics, Model, Prediction } from '../../src/schemas/run.js';
import type { Problem } from './problem-body.js';
import { csv, penguins, specOf, startApi, type TestApi, uploadPenguins } from './support.js';
import { ask, startConsumer, train, upload } from './training.js';

let api: TestApi;
let job: Job;
const row = {
  island: 'Biscoe',
  bill_length_mm: 50,
  bill_depth_mm: 15,
  flipper_length_mm: 220,
  body_mass_g: 5500,
  sex: 'male',
};

before(async () => {
  api = await startApi({ LOG_LEVEL: 'error' });
  const dataset = await uploadPenguins(api);
  startConsumer(api);
  job = await train(api, specOf(dataset));
});

const predict = (rows: unknown) => ask(api, job, 'predict', { rows });

test('a job of the default spec succeeds, with a test accuracy ≥ 0.95 in its result', () => {
  assert.equal(job.state, 'succeeded', JSON.stringify(job.error));
  const accuracy = job.result?.metrics.test?.values['accuracy'];
  assert.ok(typeof accuracy === 'number' && accuracy >= 0.95, String(accuracy));
});

test('its metrics are one point a step, and its best checkpoint downloads with the hash it is listed with', async () => {
  const { series } = (await api.inject({ url: `/v1/jobs/${job.id}/metrics?names=train.loss` })).json<Metrics>();
  const steps = series[0]?.steps ?? [];
  assert.deepEqual(
    steps,
    steps.map((_, i) => i + 1),
  );
  const file = await api.inject({ url: `/v1/checkpoints/${job.result?.bestCheckpointId}/file` });
  assert.equal(file.headers.etag, `"${createHash('sha256').update(file.rawPayload).digest('hex')}"`);
});

test('its model names features and classes, and is listed', async () => {
  const { card: _, ...model } = (await api.inject({ url: `/v1/models/${job.result?.modelId}` })).json<ModelDetails>();
  assert.deepEqual([model.jobId, model.target, model.classes], [job.id, 'species', ['Adelie', 'Chinstrap', 'Gentoo']]);
  assert.deepEqual(model.features.map(({ name }) => name).sort(), Object.keys(row).sort());
  assert.deepEqual((await api.inject({ url: '/v1/models' })).json<{ items: Model[] }>().items, [model]);
});

test('a model of a table has no tokenizer', async () => {
  const response = await api.inject({ url: `/v1/models/${job.result?.modelId}/tokenizer` });
  assert.deepEqual([response.statusCode, response.json<{ code: string }>().code], [409, 'unsuitable_model']);
});

test('raw rows are predicted: whole, with missing values, with a category that training never saw', async () => {
  const response = await predict([row, { ...row, sex: null, body_mass_g: 'NA' }, { ...row, island: 'Elba' }, {}]);
  assert.equal(response.statusCode, 200, response.body);
  const { predictions } = response.json<{ predictions: Prediction[] }>();
  assert.deepEqual(
    predictions.slice(0, 3).map((prediction) => prediction.class),
    ['Gentoo', 'Gentoo', 'Gentoo'],
  );
  for (const { probabilities = {} } of predictions) {
    const sum = Object.values(probabilities).reduce<number>((total, value) => total + Number(value), 0);
    assert.ok(Math.abs(sum - 1) < 1e-5, String(sum));
  }
});

test('of the likeliest classes alone, as many as are asked for are told, with the probabilities that they have among all', async () => {
  const all = (await predict([row])).json<{ predictions: Prediction[] }>().predictions[0]!;
  const likeliest = Object.entries(all.probabilities!).sort(([, a], [, b]) => Number(b) - Number(a));
  for (const topK of [1, 2, 50]) {
    const response = await ask(api, job, 'predict', { rows: [row], topK });
    const [prediction] = response.json<{ predictions: Prediction[] }>().predictions;
    assert.equal(prediction!.class, all.class);
    assert.deepEqual(prediction!.probabilities, Object.fromEntries(likeliest.slice(0, topK)));
  }
});

test('of two classes the second is chosen from the threshold on', async () => {
  const lines = (await penguins()).toString().trim().split('\n');
  const table = await upload(api, csv(lines.filter((line) => !line.startsWith('Chinstrap')).join('\n')));
  const pair = await train(api, specOf(table, { training: { epochs: 2 } }));
  const chosen = async (threshold: number) => {
    const response = await ask(api, pair, 'predict', { rows: [row], threshold });
    return response.json<{ predictions: Prediction[] }>().predictions[0]!;
  };
  const share = Number((await chosen(0)).probabilities!['Gentoo']);
  assert.ok(share > 0 && share < 1, String(share));
  const classes = await Promise.all([0, share, share + 1e-4, 1].map(chosen));
  assert.deepEqual(
    classes.map((prediction) => prediction.class),
    ['Gentoo', 'Gentoo', 'Adelie', 'Adelie'],
  );
});

const badChoices: Record<string, [choice: object, status: number, path: string]> = {
  'no class': [{ topK: 0 }, 400, '/topK'],
  'half a class': [{ topK: 1.5 }, 400, '/topK'],
  'a threshold above 1': [{ threshold: 1.1 }, 400, '/threshold'],
  'a threshold in words': [{ threshold: 'half' }, 400, '/threshold'],
  'a threshold among three classes': [{ threshold: 0.5 }, 409, '/threshold'],
};
for (const [title, [choice, status, path]] of Object.entries(badChoices)) {
  test(`asking for ${title} is ${status} at ${path}`, async () => {
    const response = await ask(api, job, 'predict', { rows: [row], ...choice });
    assert.deepEqual([response.statusCode, response.json<Problem>().errors?.[0]?.path], [status, path], response.body);
  });
}

test('a regression is asked for no classes: 409 at the field', async () => {
  const { id } = await uploadPenguins(api);
  const training = { epochs: 1 };
  const mass = await train(api, { dataset: { id, target: 'body_mass_g' }, model: { type: 'mlp' }, training });
  for (const choice of [{ topK: 1 }, { threshold: 0.5 }]) {
    const response = await ask(api, mass, 'predict', { rows: [{}], ...choice });
    const { code, errors } = response.json<Problem>();
    const [path] = Object.keys(choice);
    assert.deepEqual([response.statusCode, code, errors?.[0]?.path], [409, 'unsuitable_model', `/${path}`]);
  }
});

const badRows: Record<string, [rows: unknown, status: number, path: string]> = {
  'text for a number': [[row, { ...row, body_mass_g: 'heavy' }], 422, '/rows/1/body_mass_g'],
  'a number as text': [[{ ...row, body_mass_g: '5500' }], 422, '/rows/0/body_mass_g'],
  'an object for a value': [[{ ...row, sex: { a: [1] } }], 422, '/rows/0/sex'],
  'a field that is no column': [[{ ...row, bill_lenght_mm: 1 }], 422, '/rows/0/bill_lenght_mm'],
  'no rows': [[], 400, '/rows'],
  'a row that is no object': [[1], 400, '/rows/0'],
};
for (const [title, [rows, status, path]] of Object.entries(badRows)) {
  test(`predicting ${title} is ${status} at ${path}`, async () => {
    const response = await predict(rows);
    assert.equal(response.statusCode, status, response.body);
    assert.equal(response.json<Problem>().errors?.[0]?.path, path);
  });
}

test('deleting the job deletes its model and its files', async () => {
  assert.equal((await api.inject({ method: 'DELETE', url: `/v1/jobs/${job.id}` })).statusCode, 204);
  assert.equal((await predict([row])).statusCode, 404);
  assert.deepEqual(await api.parts.artifacts.list(`jobs/${job.id}`), []);
});
