/** A job whose categories are embedded, over HTTP: planned, trained, asked, and taken away. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { Tensor } from 'onnxruntime-node';
import type { Dataset } from '../../src/schemas/dataset.js';
import type { Job, Plan } from '../../src/schemas/job.js';
import type { Prediction } from '../../src/schemas/run.js';
import { assertAgrees, numbersOf, runOnnx } from '../export/onnx/run.js';
import type { Problem } from './problem-body.js';
import { csv, startApi, type TestApi } from './support.js';
import { ask, startConsumer, train, upload } from './training.js';

let api: TestApi;
let dataset: Dataset;
let job: Job;

const shops = Array.from({ length: 12 }, (_, shop) => `shop ${shop}`);
/** What a shop sells stands in no order; every row of the last one is alone with a name of its own. */
const rows = Array.from({ length: 480 }, (_, row) => ({
  shop: row % 12 === 11 ? `market ${row}` : shops[row % 12]!,
  price: (row * 7) % 5,
  sold: (((row % 12) * 5) % 12) - ((row * 7) % 5),
}));
const categories = { type: 'embedding', width: 4, minCount: 2 };
const spec = (more: object = {}) => ({
  dataset: { id: dataset.id, target: 'sold', categories, ...more },
  task: 'regression',
  model: { type: 'mlp', hidden: [16] },
  optimizer: { type: 'adam', learningRate: 0.02 },
  training: { epochs: 40 },
});

before(async () => {
  api = await startApi({ LOG_LEVEL: 'error' });
  startConsumer(api);
  const lines = rows.map((row) => Object.values(row).join(','));
  dataset = await upload(api, csv(['shop,price,sold', ...lines].join('\n')));
  job = await train(api, spec());
});

const predict = async (shops: readonly string[]): Promise<number[]> => {
  const response = await ask(api, job, 'predict', { rows: shops.map((shop) => ({ shop, price: 2 })) });
  assert.equal(response.statusCode, 200, response.body);
  return response.json<{ predictions: Prediction[] }>().predictions.map(({ value }) => Number(value));
};

test('a plan has a vector for each value that may be known and one for all others, in one input a column', async () => {
  const response = await api.inject({ method: 'POST', url: '/v1/jobs/plan', payload: spec() });
  const { layers } = response.json<Plan>();
  const { name, type, inputShape, outputShape, parameters } = layers[0]!;
  assert.deepEqual([name, type, inputShape, outputShape], ['categories', 'columnEmbedding', [2], [5]]);
  assert.equal(parameters, (11 + 40 + 2) * 4);
});

test('a job that begins with the model takes its vectors over, whatever values its own rows have', async () => {
  const others = rows
    .slice(0, 200)
    .map((row) => Object.values({ ...row, shop: row.shop.replace('shop 3', 'kiosk') }).join(','));
  const { id } = await upload(api, csv(['shop,price,sold', ...others].join('\n'), 'others.csv'));
  const { optimizer: _, ...begun } = spec({ id });
  const payload = { ...begun, initialize: { from: job.result!.modelId }, training: { epochs: 1 } };
  const response = await api.inject({ method: 'POST', url: '/v1/jobs', payload });
  assert.equal(response.statusCode, 202, response.body);
  assert.deepEqual(response.json<Job>().initialized!.reinitialized, []);
});

test('shops are told apart by what was learnt of each; rare and unknown ones share a vector', async () => {
  const { test } = job.result!.metrics;
  assert.ok(Number(test?.values['r2']) >= 0.9, JSON.stringify(test));
  const [first, unknown, other, rare] = await predict(['shop 0', 'nowhere', 'elsewhere', 'market 11']);
  assert.notEqual(first, unknown);
  assert.deepEqual([other, rare], [unknown, unknown]);
});

test('as ONNX and as a bundle the model answers as predict does, values that it never saw among them', async () => {
  const asked = [...shops, 'nowhere'];
  const expected = await predict(asked);
  const take = (format: string) => api.inject({ url: `/v1/models/${job.result?.modelId}/export?format=${format}` });
  const count = [asked.length, 1];
  const { value } = await runOnnx((await take('onnx')).rawPayload, {
    shop: new Tensor('string', asked, count),
    price: new Tensor('float64', new Float64Array(asked.length).fill(2), count),
  });
  assertAgrees(numbersOf(value), expected, 'onnx');
  const source = (await take('bundle')).rawPayload.toString('base64');
  const bundle = await import(`data:text/javascript;base64,${source}`);
  const predicted: Prediction[] = await bundle.predict(asked.map((shop) => ({ shop, price: 2 })));
  assertAgrees(
    predicted.map(({ value }) => Number(value)),
    expected,
    'bundle',
  );
});

test('its checkpoint has the vectors by the input that holds the codes, and a fork begins from them', async () => {
  const url = `/v1/jobs/${job.id}/fork`;
  const patch = { training: { epochs: 41 } };
  const fork = await api.inject({ method: 'POST', url, payload: { from: 'last', patch } });
  assert.equal(fork.statusCode, 202, fork.body);
  const wider = { dataset: { categories: { width: 5 } } };
  const refused = await api.inject({ method: 'POST', url, payload: { from: 'last', patch: wider } });
  assert.equal(refused.statusCode, 422, refused.body);
  const { rawPayload } = await api.inject({ url: `/v1/checkpoints/${job.result?.bestCheckpointId}/file` });
  assert.match(
    rawPayload.subarray(0, 20_000).toString('latin1'),
    /"categories\.0\.weight":\{"dtype":"F32","shape":\[12,4\]/,
  );
});

test('mixup of codes is 422; other augmentations of tables train', async () => {
  const submit = (type: string) =>
    api.inject({ method: 'POST', url: '/v1/jobs', payload: { ...spec(), augmentation: [{ type }] } });
  const refused = await submit('mixup');
  const { code, path, got } = refused.json<Problem>().errors![0]!;
  assert.deepEqual(
    [refused.statusCode, code, path, got],
    [422, 'unsuitable_augmentation', '/augmentation/0/type', 'mixup'],
  );
  await train(api, { ...spec(), augmentation: [{ type: 'noise' }, { type: 'featureDropout' }] });
});

for (const [what, wrong, path] of [
  ['without a width', { type: 'embedding' }, '/dataset/categories/width'],
  ['of no width', { type: 'embedding', width: 0 }, '/dataset/categories/width'],
  ['of half a width', { type: 'embedding', width: 2.5 }, '/dataset/categories/width'],
  ['too wide', { type: 'embedding', width: 513 }, '/dataset/categories/width'],
  ['with values', { type: 'embedding', width: 2, values: ['a', 'b'] }, '/dataset/categories/values'],
  ['of values that none has', { type: 'embedding', width: 2, minCount: 0 }, '/dataset/categories/minCount'],
] as const) {
  test(`an embedding ${what} is 400 at ${path}`, async () => {
    const response = await api.inject({ method: 'POST', url: '/v1/jobs', payload: spec({ categories: wrong }) });
    assert.deepEqual([response.statusCode, response.json<Problem>().errors?.[0]?.path], [400, path], response.body);
  });
}
