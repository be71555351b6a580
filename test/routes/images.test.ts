/** Images over HTTP: IDX files are uploaded, trained on in their own shape and as rows of pixels, and predicted. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { deflateSync, gzipSync } from 'node:zlib';
import sharp from 'sharp';
import type { Dataset } from '../../src/schemas/dataset.js';
import type { Job } from '../../src/schemas/job.js';
import type { Model, Prediction } from '../../src/schemas/run.js';
import { png, pngOf, zip } from '../data/archives/support.js';
import { bars, idx } from '../data/images/support.js';
import type { Problem } from './problem-body.js';
import { type FormPart, startApi, type TestApi, uploadRequest } from './support.js';
import { ask, startConsumer, train, upload } from './training.js';

let api: TestApi;
let dataset: Dataset;
let job: Job;

const part = (name: string, content: Buffer): FormPart => ({ name, content, fileName: `${name}.gz` });
const { images, labels } = bars(200);
const shown = bars(20);
const parts = [
  part('images', gzipSync(images)),
  part('labels', gzipSync(labels)),
  part('testImages', shown.images),
  part('testLabels', shown.labels),
];
const convolution = { type: 'sequential', layers: [{ type: 'conv2d', filters: 4, kernel: 3, activation: 'relu' }] };

before(async () => {
  api = await startApi({ LOG_LEVEL: 'error' });
  startConsumer(api);
  dataset = await upload(api, ...parts, { name: 'name', content: 'bars' });
  job = await train(api, { dataset: { id: dataset.id }, model: convolution, training: { epochs: 60 } });
});

test('the dataset says what it is, and is the same when its parts come again in another order', async () => {
  const { id, createdAt, sha256, bytes, ...rest } = dataset;
  assert.deepEqual(rest, {
    ...{ name: 'bars', kind: 'images', format: 'idx', shape: [1, 6, 5], classes: ['0', '1'] },
    ...{ rowCount: 220, testRowCount: 20, counts: [110, 110], testCounts: [10, 10] },
  });
  const again = await api.inject(uploadRequest(...parts.toReversed()));
  assert.deepEqual([again.statusCode, again.json<Dataset>().id], [200, id]);
});

test('convolutions get their input shape, and the split that was given; at least 95 % of the test images are told', () => {
  const { model, dataset: data, task } = job.spec;
  assert.ok(model.type === 'sequential');
  assert.deepEqual([task, model.inputShape], ['classification', [1, 6, 5]]);
  assert.deepEqual(data.split, { type: 'given', folds: null, validation: 0.1, stratify: true });
  const { test: tested, train: trained } = job.result!.metrics;
  assert.deepEqual([trained.rows, tested?.rows], [180, 20]);
  assert.ok(Number(tested?.values['accuracy']) >= 0.95, JSON.stringify(tested));
});

test('what pixels add to an answer is not told: 409 at the field', async () => {
  const response = await ask(api, job, 'predict', { rows: [{ image: [[0]] }], explain: true });
  const { code, errors } = response.json<Problem>();
  assert.deepEqual([response.statusCode, code, errors?.[0]?.path], [409, 'unsuitable_model', '/explain']);
});

test('a perceptron reads the same images as rows of pixels', async () => {
  const split = { type: 'random', validation: 0.1, test: 0.1 };
  const spec = { dataset: { id: dataset.id, split }, model: { type: 'mlp', hidden: [8] }, training: { epochs: 5 } };
  const response = await api.inject({ method: 'POST', url: '/v1/jobs/plan', payload: spec });
  // 30 → 8 → 2 classes, told by one logit: (30·8 + 8) + (8·1 + 1), or by two
  const { parameters } = response.json<{ parameters: number }>();
  assert.ok([257, 266].includes(parameters), String(parameters));
  const { result } = await train(api, spec);
  assert.deepEqual([result?.metrics.train.rows, result?.metrics.test?.rows], [176, 22]);
  // those that were given to test with equal the first ones
  const distinct = await train(api, { ...spec, dataset: { ...spec.dataset, duplicates: { type: 'drop' } } });
  const { train: trained, test: tested } = distinct.result!.metrics;
  assert.deepEqual([trained.rows, tested?.rows], [160, 20]);
});

test('rarer classes come more often where the job says so, in training alone, with what augmentation makes of them', async () => {
  const { images: pixels, labels: halves } = bars(160);
  const few = Buffer.from(halves);
  // every second standing bar is said to lie: 40 stand, 120 lie
  for (let row = 3; row < 160; row += 4) few[8 + row] = 0;
  const uneven = await upload(api, part('images', pixels), part('labels', few));
  const spec = {
    dataset: { id: uneven.id, balance: { type: 'oversample' } },
    model: { type: 'mlp', hidden: [8] },
    training: { epochs: 2 },
    augmentation: [{ type: 'noise' }],
  };
  const { result, spec: stored } = await train(api, spec);
  assert.deepEqual(stored.dataset.balance, { type: 'oversample' });
  const perClass = result!.metrics.train.confusion!.map((counts) => counts.reduce((sum, count) => sum + count, 0));
  assert.deepEqual(perClass, [72, 72]);
  assert.equal(result!.metrics.test?.rows, 32);
});

test('raw images are predicted, and what is none is 422', async () => {
  const lines = (bar: (y: number, x: number) => boolean) =>
    Array.from({ length: 6 }, (_, y) => Array.from({ length: 5 }, (_, x) => (bar(y, x) ? 220 : 10)));
  const rows = [{ image: lines((y) => y === 2) }, { image: lines((_, x) => x === 2) }];
  const response = await ask(api, job, 'predict', { rows });
  assert.equal(response.statusCode, 200, response.body);
  const { predictions } = response.json<{ predictions: Prediction[] }>();
  assert.deepEqual(
    predictions.map((prediction) => prediction.class),
    ['0', '1'],
  );
  const model = (await api.inject({ url: `/v1/models/${job.result?.modelId}` })).json<Model>();
  assert.deepEqual([model.target, model.features], ['label', [{ name: 'image', type: 'image' }]]);
  const refused = await ask(api, job, 'predict', { rows: [{ image: [[300]] }] });
  assert.deepEqual([refused.statusCode, refused.json<Problem>().errors?.[0]?.path], [422, '/rows/0/image']);
});

test('PNG and JPEG files in base64 are predicted as their pixels are; what is no such image is 422 at its row', async () => {
  const pixels = Array.from({ length: 30 }, (_, at) => (Math.floor(at / 5) === 2 ? 220 : 10));
  const file = png('grey', [6, 5], pixels);
  const lines = Array.from({ length: 6 }, (_, y) => pixels.slice(5 * y, 5 * y + 5));
  const large = png(
    'grey',
    [12, 10],
    Array.from({ length: 120 }, (_, at) => pixels[5 * Math.floor(at / 20) + Math.floor((at % 10) / 2)]!),
  );
  const jpeg = await sharp(large).toColourspace('b-w').jpeg().toBuffer();
  const rows = [{ image: lines }, ...[file, large, jpeg].map((image) => ({ image: image.toString('base64') }))];
  const response = await ask(api, job, 'predict', { rows });
  assert.equal(response.statusCode, 200, response.body);
  const [listed, packed, ...stretched] = response.json<{ predictions: Prediction[] }>().predictions;
  for (const { class: chosen } of [listed!, packed!, ...stretched]) assert.equal(chosen, '0');
  const alone = async (row: object) =>
    (await ask(api, job, 'predict', { rows: [row] })).json<{ predictions: Prediction[] }>().predictions;
  assert.deepEqual(await alone(rows[1]!), await alone(rows[0]!), 'to the bit');

  const huge = pngOf('grey', [30_000, 30_000], deflateSync(Buffer.alloc(100)));
  for (const [image, expected] of [
    ['no base64!', /PNG or JPEG file in base64/],
    ['', /PNG or JPEG/],
    [Buffer.from('GIF89a').toString('base64'), /PNG or JPEG/],
    [file.subarray(0, 40).toString('base64'), /whole image/],
    [huge.toString('base64'), /at most 16777216 pixels/],
    [png('rgb', [1, 2], [1, 2, 3, 4, 5, 6]).toString('base64'), /grey image/],
  ] as const) {
    const refused = await ask(api, job, 'predict', { rows: [rows[0]!, { image }] });
    const { code, errors, detail } = refused.json<Problem>();
    assert.deepEqual([refused.statusCode, code, errors?.[0]?.path], [422, 'invalid_row', '/rows/1/image'], detail);
    assert.match(String(detail), expected);
  }
});

test('colour from folders is trained on in its own shape, and predicted from lists of channels', async () => {
  // cats are red, dogs are blue
  const pixels = (name: string, level: number) =>
    Array.from({ length: 9 }, () => (name === 'cat' ? [level, 20, 10] : [10, 20, level]));
  const files = ['cat', 'dog'].flatMap((name) =>
    Array.from({ length: 20 }, (_, at) => ({
      name: `${name}/${at}.png`,
      content: png('rgb', [3, 3], pixels(name, 150 + 5 * at).flat()),
    })),
  );
  const pets = await upload(api, { name: 'file', content: zip(files), fileName: 'pets.zip' });
  const coloured = await train(api, { dataset: { id: pets.id }, model: convolution, training: { epochs: 40 } });
  assert.ok(coloured.spec.model.type === 'sequential');
  assert.deepEqual(coloured.spec.model.inputShape, [3, 3, 3]);
  const channels = (name: string) =>
    [0, 1, 2].map((channel) =>
      Array.from({ length: 3 }, () =>
        pixels(name, 200)
          .slice(0, 3)
          .map((pixel) => pixel[channel]),
      ),
    );
  const response = await ask(api, coloured, 'predict', {
    rows: [{ image: channels('cat') }, { image: channels('dog') }],
  });
  assert.deepEqual(
    response.json<{ predictions: Prediction[] }>().predictions.map((prediction) => prediction.class),
    ['cat', 'dog'],
    response.body,
  );
});

const badUploads: Record<string, [parts: () => FormPart[], status: number, path: string]> = {
  'images without labels': [() => parts.slice(0, 1), 400, '/labels'],
  'test labels without test images': [() => [...parts.slice(0, 2), parts[3]!], 400, '/testImages'],
  'images beside a table': [
    () => [parts[0]!, { name: 'file', content: 'a,b\n1,2\n', fileName: 'x.csv' }],
    400,
    '/images',
  ],
  'images as CSV': [() => [...parts, { name: 'format', content: 'csv' }], 400, '/format'],
  'one file as IDX': [
    () => [
      { ...parts[0]!, name: 'file' },
      { name: 'format', content: 'idx' },
    ],
    400,
    '/file',
  ],
  'more labels than images': [() => [parts[0]!, part('labels', idx([3], [0, 1, 0]))], 422, '/labels'],
};
for (const [title, [made, status, path]] of Object.entries(badUploads)) {
  test(`uploading ${title} is ${status} at ${path}, and leaves nothing`, async () => {
    const before = await api.traces();
    const response = await api.inject(uploadRequest(...made()));
    assert.equal(response.statusCode, status, response.body);
    assert.equal(response.json<Problem>().errors?.[0]?.path, path);
    assert.deepEqual(await api.traces(), before);
  });
}

const badSpecs: Record<string, [spec: object, path: string]> = {
  'a target of images': [{ dataset: { target: 'label' }, model: { type: 'mlp' } }, '/dataset/target'],
  'a contiguous split of images': [
    { dataset: { split: { type: 'contiguous' } }, model: { type: 'mlp' } },
    '/dataset/split/type',
  ],
  'a gpt on images': [{ dataset: {}, model: { type: 'gpt' } }, '/model/type'],
  'a regression of images': [{ dataset: {}, task: 'regression', model: { type: 'mlp' } }, '/task'],
  'another input shape': [{ dataset: {}, model: { ...convolution, inputShape: [1, 28, 28] } }, '/model/inputShape'],
};
for (const [title, [spec, path]] of Object.entries(badSpecs)) {
  test(`${title} is 422 at ${path}`, async () => {
    const payload = { ...spec, dataset: { id: dataset.id, ...(spec as { dataset: object }).dataset } };
    const response = await api.inject({ method: 'POST', url: '/v1/jobs/plan', payload });
    assert.equal(response.statusCode, 422, response.body);
    assert.equal(response.json<Problem>().errors?.[0]?.path, path);
  });
}
