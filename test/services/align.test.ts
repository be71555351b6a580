import assert from 'node:assert/strict';
import { test } from 'node:test';
import { align } from '../../src/services/align.js';

const odd = { x: [1, 3, 5], values: [10, 30, 50] };
const even = { x: [2, 3], values: [2, 3] };

test('the axis has every place of every curve, and null where a curve has none', () => {
  const { axis, values } = align([odd, even, { x: [], values: [] }], 4);
  assert.deepEqual(axis, [1, 2, 3, 5]);
  assert.deepEqual(values[0], [10, null, 30, 50]);
  assert.deepEqual(values[1], [null, 2, 3, null]);
  assert.deepEqual(values[2], [null, null, null, null]);
});

test('more places than points: a value is the last of its stretch, and the last place is the last of all', () => {
  const x = Array.from({ length: 1000 }, (_, step) => step + 1);
  const { axis, values } = align(
    [
      { x, values: x },
      { x: [1000], values: [-1] },
    ],
    10,
  );
  assert.equal(axis.length, 10);
  assert.equal(axis.at(-1), 1000);
  assert.deepEqual(values[0], axis.map(Math.floor));
  assert.deepEqual(values[1], [...Array.from({ length: 9 }, () => null), -1]);
});

test('nothing has no axis', () => {
  assert.deepEqual(align([{ x: [], values: [] }], 10), { axis: [], values: [[]] });
});
