import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { thin } from '../../src/store/thin.js';

const pointsOf = (values: number[]) => ({ steps: values.map((_, i) => 10 * i), values });

test('a thinned series has at most maxPoints of its points, in order, with the first, the last and both extremes', () => {
  const values = fc.array(fc.double({ noNaN: true }), { minLength: 1, maxLength: 400 });
  fc.assert(
    fc.property(values, fc.integer({ min: 4, max: 100 }), (series, maxPoints) => {
      const points = pointsOf(series);
      const thinned = thin(points, maxPoints);
      assert.ok(thinned.steps.length <= maxPoints);
      assert.deepEqual([thinned.steps[0], thinned.steps.at(-1)], [0, points.steps.at(-1)]);
      assert.equal(Math.min(...thinned.values), Math.min(...series));
      assert.equal(Math.max(...thinned.values), Math.max(...series));
      for (const [i, step] of thinned.steps.entries()) {
        assert.ok(i === 0 || step > thinned.steps[i - 1]!);
        assert.ok(Object.is(thinned.values[i], series[step / 10]));
      }
    }),
  );
});

test('each bucket keeps its least and greatest value: 3 buckets of 100 points', () => {
  const series = Array.from({ length: 302 }, (_, i) => Math.sin(i));
  const { values } = thin(pointsOf(series), 8);
  for (const bucket of [0, 1, 2]) {
    const inner = series.slice(1 + 100 * bucket, 101 + 100 * bucket);
    const kept = values.slice(1 + 2 * bucket, 3 + 2 * bucket).sort((a, b) => a - b);
    assert.deepEqual(kept, [Math.min(...inner), Math.max(...inner)]);
  }
});

test('infinities are extremes; NaN yields to any number and stays where a bucket has nothing else', () => {
  const series = [0, Number.NaN, 5, Number.NaN, Number.POSITIVE_INFINITY, Number.NaN, 1];
  assert.deepEqual(thin(pointsOf(series), 4).values, [0, 5, Number.POSITIVE_INFINITY, 1]);
  assert.deepEqual(thin(pointsOf([0, Number.NaN, Number.NaN, Number.NaN, 1]), 4).values, [0, Number.NaN, 1]);
});

test('a series of maxPoints is given back as it is; 2 and 3 keep the ends', () => {
  const points = pointsOf([3, 1, 2, 5]);
  assert.equal(thin(points, 4), points);
  for (const maxPoints of [2, 3]) assert.deepEqual(thin(points, maxPoints).values, [3, 5]);
});
