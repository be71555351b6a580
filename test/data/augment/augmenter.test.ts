/** A row's augmentation is a function of (seed, epoch, row), and what is not augmented is as it was without. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Augmenter } from '../../../src/data/augment/augmenter.js';
import { augmentations, fits, type ResolvedAugmentation } from '../../../src/data/augment/index.js';
import { imagesReader } from '../../../src/data/feed/images.js';
import { rowWriter } from '../../../src/data/feed/write-rows.js';
import { encodeImageRows, type ImagesPreparation } from '../../../src/data/images/images.js';
import { Draws, streamNumber } from '../../../src/engine/index.js';

const shape = [1, 6, 5] as const;
const inputs = 30;
const rows = 40;
const draws = new Draws(1, streamNumber('init'));
const pixels = Uint8Array.from({ length: rows * inputs }, () => draws.integer(256));
const images = Int32Array.from({ length: rows }, (_, row) => (row * 7) % rows);
const classes = images.map((image) => image % 3);
const preparation: ImagesPreparation = {
  ...{ kind: 'images', shape: [...shape], mean: 0.4, deviation: 0.3, inputs },
  target: { type: 'classification', name: 'label', classes: ['0', '1', '2'] },
};

/** One of each that fits an image, each with a probability of its own. */
const changes: ResolvedAugmentation[] = [
  { type: 'flip', direction: 'horizontal', probability: 0.5 },
  { type: 'shift', height: 0.3, width: 0.3, fill: 0, probability: 0.9 },
  { type: 'rotate', degrees: 20, fill: 0, probability: 0.8 },
  { type: 'crop', padding: 2, mode: 'reflect', fill: 0, probability: 0.7 },
  { type: 'brightness', change: 0.4, probability: 0.6 },
  { type: 'noise', deviation: 0.1, probability: 0.5 },
  { type: 'cutout', size: 2, fill: 0, probability: 0.4 },
];
const mixup: ResolvedAugmentation = { type: 'mixup', alpha: 1, probability: 0.8 };
const cutmix: ResolvedAugmentation = { type: 'cutmix', alpha: 1, probability: 0.8 };

function writerOf(list: ResolvedAugmentation[], seed = 5) {
  const split = { images, classes };
  const domain = { kind: 'image', shape, mean: 0.4, deviation: 0.3 } as const;
  const augmenter = new Augmenter({ domain, augmentations: list, seed, inputs });
  const source = { kind: 'images', pixels, splits: { train: split, validation: split, test: split } } as const;
  return rowWriter({
    ...{ reader: imagesReader(source, inputs), augmenter, domain, softTargets: augmenter.mixes },
    shape: { task: 'classification', inputs, outputs: 3, rows: { train: rows, validation: rows, test: rows } },
  });
}

/** Rows of an epoch, asked for in batches. */
function written(
  write: ReturnType<typeof writerOf>,
  order: number[],
  { epoch = 0 as number | null, batch = 8, soft = false },
) {
  const columns = soft ? 3 : 1;
  const x = new Float32Array(rows * inputs);
  const y = soft ? new Float32Array(rows * columns) : new Int32Array(rows);
  for (let first = 0; first < order.length; first += batch) {
    const places = Uint32Array.from(order.slice(first, first + batch));
    const to = { x: new Float32Array(places.length * inputs), y: y.slice(0, places.length * columns) };
    write({ split: 'train', places, epoch, ...to });
    places.forEach((place, row) => {
      x.set(to.x.subarray(row * inputs, (row + 1) * inputs), place * inputs);
      y.set(to.y.subarray(row * columns, (row + 1) * columns), place * columns);
    });
  }
  return { x, y };
}

const inOrder = Array.from({ length: rows }, (_, row) => row);

describe('augmented rows', () => {
  it('are the same in any order and in batches of any size, with either mixture', () => {
    for (const [list, soft] of [
      [changes, false],
      [[...changes, mixup], true],
      [[...changes, cutmix], true],
    ] as const) {
      const whole = written(writerOf([...list]), inOrder, { soft });
      assert.deepEqual(written(writerOf([...list]), inOrder.toReversed(), { batch: 3, soft }), whole);
    }
  });

  it('differ by epoch and by seed', () => {
    const { x } = written(writerOf(changes), inOrder, {});
    assert.notDeepEqual(written(writerOf(changes), inOrder, { epoch: 1 }).x, x);
    assert.notDeepEqual(written(writerOf(changes, 6), inOrder, {}).x, x);
  });

  it('of probability 0, and rows that are measured, have the bits of rows that are encoded without', () => {
    const never = changes.map((change) => ({ ...change, probability: 0 }));
    const x = encodeImageRows(preparation, pixels, images);
    assert.deepEqual(written(writerOf(never), inOrder, {}), { x, y: classes });
    assert.deepEqual(written(writerOf([...changes, mixup]), inOrder, { epoch: null }), { x, y: classes });
  });

  it('are augmented as often as their probability says, within 5 standard errors', () => {
    const x = encodeImageRows(preparation, pixels, images);
    const write = writerOf([changes[0]!]);
    let flipped = 0;
    const epochs = 50;
    for (let epoch = 0; epoch < epochs; epoch++) {
      const augmented = written(write, inOrder, { epoch }).x;
      for (const row of inOrder) if (augmented[row * inputs] !== x[row * inputs]) flipped++;
    }
    // a pixel and its mirror image are the same in one of 256 rows
    assert.ok(
      Math.abs(flipped / (rows * epochs) - 0.5) < 5 * Math.sqrt(0.25 / (rows * epochs)) + 1 / 256,
      `${flipped}`,
    );
  });

  it('share pixels and target with one other row, by the same share', () => {
    const { x, y } = written(writerOf([mixup]), inOrder, { soft: true });
    const plain = encodeImageRows(preparation, pixels, images);
    const part = (values: Float32Array | Int32Array, row: number) => values.subarray(row * inputs, (row + 1) * inputs);
    let mixed = 0;
    for (const row of inOrder) {
      const [own, found] = [part(plain, row), part(x, row)];
      const partner = inOrder.find((other) => keptOf(found, own, part(plain, other)) !== null);
      assert.ok(partner !== undefined, `row ${row} is no mixture of itself and another row`);
      const kept = keptOf(found, own, part(plain, partner))!;
      const expected = [0, 0, 0];
      expected[classes[row]!]! += kept;
      expected[classes[partner]!]! += 1 - kept;
      for (const c of [0, 1, 2]) assert.ok(Math.abs(y[3 * row + c]! - expected[c]!) < 1e-3, `row ${row}, class ${c}`);
      if (kept < 1) mixed++;
    }
    assert.ok(mixed > rows / 2, `${mixed} of ${rows} are mixed`);
  });
});

/** λ where `mixture` is λ · a + (1 − λ) · b; 1 where it is a. */
function keptOf(mixture: ArrayLike<number>, a: ArrayLike<number>, b: ArrayLike<number>): number | null {
  const kept = (index: number) => (mixture[index]! - b[index]!) / (a[index]! - b[index]!);
  const clearest = Array.from({ length: a.length }, (_, index) => Math.abs(a[index]! - b[index]!));
  const at = clearest.indexOf(Math.max(...clearest));
  const share = clearest[at] === 0 ? 1 : kept(at);
  const isMixture = clearest.every(
    (_, index) => Math.abs(share * a[index]! + (1 - share) * b[index]! - mixture[index]!) < 1e-3,
  );
  return isMixture ? share : null;
}

describe('augmentations', () => {
  it('fit at least one kind of rows each, and the kinds that the description names', () => {
    const fitting = (kind: 'image' | 'table' | 'text' | 'window') =>
      Object.keys(augmentations).filter((type) => fits(type as ResolvedAugmentation['type'], kind));
    assert.deepEqual(fitting('image'), [...changes.map(({ type }) => type), 'mixup', 'cutmix']);
    assert.deepEqual(fitting('table'), ['noise', 'mixup', 'featureDropout']);
    assert.deepEqual(fitting('text'), ['tokenDropout', 'masking']);
    assert.deepEqual(fitting('window'), ['masking']);
  });
});
