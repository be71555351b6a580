/** The best of a series, against what can be seen. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bestOf } from '../../src/services/sweep-values.js';

const [least, most] = (['min', 'max'] as const).map((mode) => ({ metric: 'validation.loss' as const, mode }));

test('the best of a million values is their least or greatest finite one, and null where there is none', () => {
  const values = Float64Array.from({ length: 1_000_000 }, (_, index) => index - 7);
  const series = [Number.NaN, Number.NEGATIVE_INFINITY, ...values, Number.POSITIVE_INFINITY];
  assert.deepEqual([bestOf(series, least!), bestOf(series, most!)], [-7, 999_992]);
  assert.equal(bestOf([Number.NaN, Number.POSITIVE_INFINITY], least!), null);
  assert.equal(bestOf([], most!), null);
});
