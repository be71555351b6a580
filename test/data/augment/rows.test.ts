/** What augmentations make of a table's rows and of tokens, and how rows are mixed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { beta } from '../../../src/data/augment/beta.js';
import { cutmix } from '../../../src/data/augment/cutmix.js';
import { featureDropout } from '../../../src/data/augment/feature-dropout.js';
import { masking } from '../../../src/data/augment/masking.js';
import { mixup } from '../../../src/data/augment/mixup.js';
import { noise } from '../../../src/data/augment/noise.js';
import { tokenDropout } from '../../../src/data/augment/token-dropout.js';
import { Draws, streamNumber } from '../../../src/engine/index.js';
import { assertClose } from '../../engine/golden.js';
import { imageOf, scripted } from './support.js';

const probability = 1;
const features = [
  { first: 0, width: 1, quantities: 1 },
  { first: 1, width: 3, quantities: 0 },
  { first: 4, width: 1, quantities: 1 },
];
const tableRow = () => ({ values: Float32Array.of(0.5, 0, 1, 0, -2), features });
const tokenRow = (...tokens: number[]) => ({
  tokens: Int32Array.from(tokens),
  padding: 0,
  unknown: 1,
  firstOrdinary: 3,
});

test('noise is added to numbers alone, featureDropout empties whole columns', () => {
  const noisy = tableRow();
  noise.changes!.table!({ type: 'noise', deviation: 0.5, probability }, noisy, scripted(1, -1));
  assert.deepEqual([...noisy.values], [1, 0, 1, 0, -2.5]);
  const emptied = tableRow();
  featureDropout.changes!.table!({ type: 'featureDropout', rate: 0.3, probability }, emptied, scripted(0.3, 0.2, 0.9));
  assert.deepEqual([...emptied.values], [0.5, 0, 0, 0, -2]);
});

test('tokenDropout takes ordinary tokens, those behind move up; masking makes them unknown', () => {
  const dropped = tokenRow(2, 7, 8, 9, 0, 0);
  tokenDropout.changes!.text!({ type: 'tokenDropout', rate: 0.5, probability }, dropped, scripted(0.6, 0.4, 0.7));
  assert.deepEqual([...dropped.tokens], [2, 7, 9, 0, 0, 0]);
  const masked = tokenRow(2, 7, 8, 9, 0, 0);
  masking.changes!.text!({ type: 'masking', rate: 0.5, probability }, masked, scripted(0.6, 0.4, 0.7));
  assert.deepEqual([...masked.tokens], [2, 7, 1, 9, 0, 0]);
});

test('Beta(α, α) has mean 1/2 and variance 1 / (4 (2α + 1)) within 5 standard errors, and stays within [0, 1]', () => {
  for (const alpha of [0.01, 0.2, 1, 4]) {
    const draws = new Draws(3, streamNumber('augmentation'));
    const values = Float64Array.from({ length: 20_000 }, () => beta(alpha, draws));
    assert.ok(values.every((value) => value >= 0 && value <= 1));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = 1 / (4 * (2 * alpha + 1));
    const squares = values.map((value) => (value - 0.5) ** 2);
    const spread = squares.reduce((sum, value) => sum + value, 0) / values.length;
    assert.ok(Math.abs(mean - 0.5) < 5 * Math.sqrt(variance / values.length), `α = ${alpha}: mean ${mean}`);
    // a square is at most 1/4 from their mean
    assert.ok(Math.abs(spread - variance) < 5 * Math.sqrt(variance / 4 / values.length), `α = ${alpha}: ${spread}`);
  }
});

test('mixup keeps λ of a row', () => {
  const draws = new Draws(3, streamNumber('augmentation'));
  const row = tableRow();
  const other = { ...tableRow(), values: Float32Array.of(1, 1, 0, 0, 2) };
  const kept = mixup.mixes!.table!({ type: 'mixup', alpha: 1, probability }, row, other, draws);
  assert.equal(kept, beta(1, new Draws(3, streamNumber('augmentation'))));
  const expected = [0.5 * kept + 1 - kept, 1 - kept, kept, 0, 2 - 4 * kept];
  assertClose(row.values, expected, 'the mixture');
});

test('cutmix keeps the share of an image that is still its own, whatever box is drawn', () => {
  const draws = new Draws(4, streamNumber('augmentation'));
  const [height, width] = [6, 5];
  let partial = 0;
  for (let round = 0; round < 200; round++) {
    const row = imageOf([2, height, width], new Array(2 * height * width).fill(1));
    const other = imageOf([2, height, width], new Array(2 * height * width).fill(0));
    const kept = cutmix.mixes!.image!({ type: 'cutmix', alpha: 1, probability }, row, other, draws);
    const own = row.values.reduce((sum, value) => sum + value, 0) / row.values.length;
    assert.ok(Math.abs(own - kept) < 1e-6, `${own} of the pixels, ${kept} of the target`);
    if (kept > 0 && kept < 1) partial++;
  }
  assert.ok(partial > 100);
});
