/** Data that is not as its shape says is refused before the first step, naming split, row and what was expected. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Split } from '../../src/engine/data.js';
import { backends } from './backends.js';
import { record, rings } from './runs.js';

const kernels = backends.at(-1)!;
const problem = rings({ train: 10, validation: 4, test: 0 });
const { train } = problem.data;

describe('data', () => {
  it('a wrong length, a NaN or a class out of range is invalid_data, naming the split and the row', async () => {
    const nan = train.x.slice();
    nan[7] = Number.NaN;
    const refused: [Partial<Split>, RegExp][] = [
      [{ rows: 9 }, /^train: rows, expected 10, got 9/],
      [{ x: train.x.subarray(1) }, /^train: length of x, expected 20, got 19/],
      [{ y: train.y.subarray(1) }, /^train: length of y, expected 10, got 9/],
      [{ x: nan }, /^train: row 3, input 1, expected a finite number, got NaN/],
      [{ y: train.y.map(() => 2) }, /^train: target of row 0, expected a class from 0 to 1, got 2/],
      [{ y: new Float32Array(10).fill(0.5) }, /^train: target of row 0, expected a class from 0 to 1, got 0.5/],
    ];
    for (const [change, message] of refused) {
      const broken = { ...problem, data: { ...problem.data, train: { ...train, ...change } } };
      await assert.rejects(record(broken, { model: { type: 'mlp' } }, { kernels }), { code: 'invalid_data', message });
    }
  });
});
