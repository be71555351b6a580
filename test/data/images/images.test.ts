/** Pixels as inputs, the same in training and in predict. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeImages } from '../../../src/data/images/image-file.js';
import { encodeRawImages, type ImagesPreparation } from '../../../src/data/images/images.js';
import { prepareImages, splitImages } from '../../../src/data/images/prepare-images.js';
import { resolveDataset } from '../../../src/data/resolve-dataset.js';
import { fillDefaults, ModelSpec, type ResolvedModelSpec } from '../../../src/engine/index.js';
import { assertRefused } from '../support.js';
import { bars } from './support.js';

const rowCount = 30;
const testRowCount = 10;
const [height, width] = [6, 5];
const inputs = height * width;
const raw = bars(rowCount);
const pixels = raw.images.subarray(16);
const labels = raw.labels.subarray(8);
const contents = describeImages({ shape: [1, height, width], classes: ['0', '1'], labels, testRowCount });
const given = { type: 'given', folds: null, validation: 0.2, stratify: true } as const;
const prepared = prepareImages({ contents, pixels, labels }, { split: given, seed: 1 });
const preparation = prepared.preparation as ImagesPreparation;

const imageAt = (row: number) =>
  Array.from({ length: height }, (_, y) => [
    ...pixels.subarray(row * inputs + y * width, row * inputs + (y + 1) * width),
  ]);

test('the given rows are tested with, a share of the others validates; the training split has mean 0 and deviation 1', () => {
  assert.deepEqual(prepared.shape.rows, { train: 16, validation: 4, test: testRowCount });
  assert.deepEqual([...prepared.data.test.y], [...labels.subarray(rowCount - testRowCount)]);
  const x = Float32Array.from(prepared.data.train.x);
  const mean = x.reduce((sum, value) => sum + value, 0) / x.length;
  const variance = x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / x.length;
  assert.ok(Math.abs(mean) < 1e-6 && Math.abs(variance - 1) < 1e-6, `${mean}, ${variance}`);
  const others = Buffer.from(pixels).fill(255, (rowCount - testRowCount) * inputs);
  const same = prepareImages({ contents, pixels: others, labels }, { split: given, seed: 1 });
  assert.deepEqual(same.preparation, preparation, 'whatever is tested with');
});

test('rows encode to the same bits from the dataset and from their raw JSON', () => {
  const rows = Array.from({ length: testRowCount }, (_, row) => ({ image: imageAt(rowCount - testRowCount + row) }));
  assert.deepEqual(encodeRawImages(preparation, rows), prepared.data.test.x);
  const reread = JSON.parse(JSON.stringify(preparation)) as ImagesPreparation;
  assert.deepEqual(encodeRawImages(reread, [{ ...rows[0], label: 1 }]), prepared.data.test.x.slice(0, inputs));
});

test('an image that equals an earlier one of its class is in no part where duplicates are dropped', () => {
  const twice = Uint8Array.from(pixels);
  const copy = (from: number, to: number) => twice.copyWithin(to * inputs, from * inputs, (from + 1) * inputs);
  const like = (row: number) => labels.findIndex((label, other) => other > row && label === labels[row]);
  const [again, other] = [like(0), labels.findIndex((label) => label !== labels[0])];
  copy(0, again);
  copy(0, other); // the same pixels under another label contradict, and stay
  const last = rowCount - 1;
  const first = labels.findIndex((label, row) => label === labels[last] && row !== again && row !== other && row > 0);
  copy(first, last); // of those that test, one that is trained on or validates
  const images = { contents, pixels: twice, labels };
  for (const split of [given, { ...given, type: 'random', test: 0.25 } as const]) {
    const { train, validation, test } = splitImages(images, { split, dropsDuplicates: true, seed: 1 });
    const rows = [...train, ...validation, ...test].sort((a, b) => a - b);
    const expected = Array.from(labels.keys()).filter((row) => row !== again && row !== last);
    assert.deepEqual(rows, expected);
    if (split === given)
      assert.ok(test.length === testRowCount - 1 && test.every((row) => row >= rowCount - testRowCount));
  }
  const kept = splitImages(images, { split: given, seed: 1 });
  assert.equal(kept.train.length + kept.validation.length + kept.test.length, rowCount);
});

test('a plan counts the rows of balanced classes as they train, under each split and in folds; what is fitted stays', () => {
  const ofClass = (row: number) => Number(row % 10 < 3);
  const uneven = { pixels, labels: Uint8Array.from({ length: rowCount }, (_, row) => ofClass(row)) };
  const { shape, classes } = contents;
  const images = { ...uneven, contents: describeImages({ shape, classes, labels: uneven.labels, testRowCount }) };
  const model = fillDefaults(ModelSpec, { type: 'mlp' }) as ResolvedModelSpec;
  for (const asked of [given, { ...given, type: 'random', test: 0.2 } as const]) {
    for (const folds of [null, 3]) {
      const split = { ...asked, folds, ...(folds !== null && { validation: 0 }) };
      const plain = prepareImages(images, { split, seed: 1 });
      for (const type of ['oversample', 'undersample'] as const) {
        const dataset = { id: '', split, balance: { type } };
        const planned = resolveDataset(images.contents, { dataset, task: 'auto', model });
        const balanced = prepareImages(images, { split, balance: { type }, seed: 1 });
        assert.deepEqual(balanced.shape.rows, planned.shape.rows);
        assert.deepEqual(balanced.preparation, plain.preparation);
        const { y } = balanced.data.train;
        const ones = y.filter((label) => label === 1).length;
        assert.equal(2 * ones, y.length);
        assert.equal(type === 'oversample', y.length > plain.data.train.rows);
        assert.deepEqual(balanced.data.test, plain.data.test);
        if (folds === null) continue;
        const fold = prepareImages(images, { split, balance: { type }, seed: 1, fold: 0 });
        assert.ok(fold.shape.rows.train <= planned.foldRows!.train);
      }
    }
  }
});

test('an image of one brightness has the deviation 1', () => {
  const flat = prepareImages({ contents, pixels: Buffer.alloc(pixels.length, 51), labels }, { split: given, seed: 1 });
  const { mean, deviation } = flat.preparation as ImagesPreparation;
  assert.ok(Math.abs(mean - 0.2) < 1e-15 && deviation === 1, `${mean}, ${deviation}`);
});

test('an image of another size, and a pixel that is none, are refused where they stand', async () => {
  const changed = (y: number, x: number, pixel: unknown) =>
    imageAt(0).map((line, at) => (at === y ? line.map((value, column) => (column === x ? pixel : value)) : line));
  const cases: [row: object, path: string, got: string][] = [
    [{}, '/rows/1/image', 'undefined'],
    [{ image: 'x' }, '/rows/1/image', '"x"'],
    [{ image: imageAt(0).slice(1) }, '/rows/1/image', '5'],
    [{ image: imageAt(0).map((line) => line.slice(2)) }, '/rows/1/image/0', '3'],
    ...[256, -1, 0.5, '7', null, [1]].map((pixel): [object, string, string] => [
      { image: changed(3, 4, pixel) },
      '/rows/1/image/3/4',
      Array.isArray(pixel) ? 'array' : JSON.stringify(pixel),
    ]),
    [{ image: imageAt(0), lable: 1 }, '/rows/1/lable', ''],
  ];
  for (const [row, path, got] of cases) {
    const refused = async () => encodeRawImages(preparation, [{ image: imageAt(0) }, row as Record<string, unknown>]);
    await assertRefused(refused, 'invalid_row', { path, ...(got && { got }) });
  }
});

test('three channels encode to the same bits from the dataset and from lists of channels', async () => {
  const shape = [3, 2, 5]; // the same 30 pixels
  const colour = { ...contents, shape };
  const { data, preparation } = prepareImages({ contents: colour, pixels, labels }, { split: given, seed: 1 });
  const first = (rowCount - testRowCount) * inputs;
  const image = [0, 1, 2].map((channel) =>
    [0, 1].map((y) => [...pixels.subarray(first + channel * 10 + y * 5, first + channel * 10 + (y + 1) * 5)]),
  );
  const encode = (row: object) => encodeRawImages(preparation as ImagesPreparation, [row as Record<string, unknown>]);
  assert.deepEqual(encode({ image }), data.test.x.slice(0, inputs));
  const refused = (bad: unknown) => async () => encode({ image: bad });
  await assertRefused(refused(image[0]), 'invalid_row', {
    ...{ path: '/rows/0/image', expected: 'a list of 3 channels of 2 rows of 5 pixels', got: '2' },
  });
  await assertRefused(
    refused([
      image[0],
      image[1],
      [
        [1, 2, 3, 4, 5],
        [1, 2],
      ],
    ]),
    'invalid_row',
    {
      ...{ path: '/rows/0/image/2/1', expected: 'a list of 5 pixels', got: '2' },
    },
  );
});
