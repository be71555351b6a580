/** What each augmentation makes of an image: by hand, or by PyTorch and NumPy (test/fixtures/golden/augmentation.py). */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brightness } from '../../../src/data/augment/brightness.js';
import { crop } from '../../../src/data/augment/crop.js';
import { cutout } from '../../../src/data/augment/cutout.js';
import { flip } from '../../../src/data/augment/flip.js';
import { noise } from '../../../src/data/augment/noise.js';
import { rotate } from '../../../src/data/augment/rotate.js';
import { shift } from '../../../src/data/augment/shift.js';
import { assertClose, type GoldenTensor, goldenCases } from '../../engine/golden.js';
import { imageOf, scripted } from './support.js';

interface ImageCase {
  what: 'rotate' | 'crop';
  degrees: number;
  fill: number;
  mode: 'constant' | 'edge' | 'reflect';
  padding: number;
  top: number;
  left: number;
  image: GoldenTensor;
  result: GoldenTensor;
}
const golden = goldenCases<ImageCase>('augmentation.json');
const probability = 1;

// two channels of 2 × 3
const data = [1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 16];
const image = () => imageOf([2, 2, 3], data);

test('rotate gives what grid_sample gives, in 5 cases', () => {
  const cases = golden.filter(({ what }) => what === 'rotate');
  assert.equal(cases.length, 5);
  for (const { degrees, fill, image, result } of cases) {
    const row = imageOf(image.shape, image.data);
    const most = Math.abs(degrees);
    rotate.changes!.image!({ type: 'rotate', degrees: most, fill, probability }, row, scripted(degrees > 0 ? 1 : 0));
    const values = result.data.map(Math.fround);
    row.values.forEach((value, index) => {
      assert.ok(Math.abs(value - values[index]!) < 1e-4, `${degrees}°, ${index}: ${value} vs ${values[index]}`);
    });
  }
});

test('crop gives what numpy.pad and a slice give, in 9 cases', () => {
  const cases = golden.filter(({ what }) => what === 'crop');
  assert.equal(cases.length, 9);
  for (const { mode, padding, top, left, fill, image, result } of cases) {
    const row = imageOf(image.shape, image.data);
    crop.changes!.image!({ type: 'crop', mode, padding, fill, probability }, row, scripted(top, left));
    assertClose(row.values, result.data, `${mode} ${padding}`);
  }
});

test('flip mirrors every channel', () => {
  const flipped = (direction: 'horizontal' | 'vertical') => {
    const row = image();
    flip.changes!.image!({ type: 'flip', direction, probability }, row, scripted());
    return [...row.values];
  };
  assert.deepEqual(flipped('horizontal'), [3, 2, 1, 6, 5, 4, 13, 12, 11, 16, 15, 14]);
  assert.deepEqual(flipped('vertical'), [4, 5, 6, 1, 2, 3, 14, 15, 16, 11, 12, 13]);
});

test('shift moves down and to the right, by at most its share of each side', () => {
  const row = image();
  // of −1 … 1 down and −2 … 2 to the right: 1 and −1
  shift.changes!.image!({ type: 'shift', height: 0.5, width: 0.67, fill: 9, probability }, row, scripted(2, 1));
  assert.deepEqual([...row.values], [9, 9, 9, 2, 3, 9, 9, 9, 9, 12, 13, 9]);
});

test('brightness multiplies, and no level leaves 0 … 255', () => {
  const row = imageOf([1, 1, 3], [0, 100, 200]);
  brightness.changes!.image!({ type: 'brightness', change: 0.5, probability }, row, scripted(1));
  assert.deepEqual([...row.values], [0, 150, 255]);
});

test('noise is a share of white, and no level leaves 0 … 255', () => {
  const row = imageOf([1, 1, 3], [0, 100, 250]);
  noise.changes!.image!({ type: 'noise', deviation: 0.1, probability }, row, scripted(-1, 2, 3));
  assert.deepEqual([...row.values], [0, 151, 255]);
});

test('cutout covers a square of every channel, at the border what is left of it', () => {
  const row = image();
  cutout.changes!.image!({ type: 'cutout', size: 2, fill: 0, probability }, row, scripted(1, 0));
  assert.deepEqual([...row.values], [0, 2, 3, 0, 5, 6, 0, 12, 13, 0, 15, 16]);
});
