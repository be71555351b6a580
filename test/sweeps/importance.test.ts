/** Importance against functions whose shares of variance are known. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Draws } from '../../src/engine/index.js';
import { importances, type Rated } from '../../src/sweeps/importance.js';

const draws = new Draws(5, 0);
const trials = (count: number, f: (places: number[]) => number): Rated[] =>
  Array.from({ length: count }, () => {
    const places = [draws.uniform(), draws.uniform(), draws.uniform()];
    return { places, cost: f(places) };
  });
const ranges = [null, null, null];

test('of 4a + b, variances 16 : 1, the shares are near 0.94 and 0.06, and nothing is left for c', () => {
  const [a, b, c] = importances(
    trials(2000, ([a, b]) => 4 * a! + b!),
    ranges,
  ) as [number, number, number];
  // four groups of a uniform variable hold 1 − 1/16 of its variance
  assert.ok(Math.abs(a - (16 / 17) * (15 / 16)) < 0.03, String(a));
  assert.ok(Math.abs(b - (1 / 17) * (15 / 16)) < 0.03, String(b));
  assert.ok(c < 0.01, String(c));
});

test('a valley counts as much as a slope, a choice as what it chooses, failures as the worst; noise as nothing', () => {
  const [valley, , noise] = importances(
    trials(400, ([a]) => (a! - 0.5) ** 2),
    ranges,
  ) as number[];
  assert.ok(valley! > 0.6 && noise! < 0.05, `${valley} ${noise}`);
  const sizes = [null, 3, null];
  const chosen = importances(
    trials(400, ([, b]) => [5, 1, Number.POSITIVE_INFINITY][Math.floor(b! * 3)]!),
    sizes,
  );
  assert.ok(chosen[1]! > 0.99 && chosen[0]! < 0.05, String(chosen));
  assert.deepEqual(
    importances(
      trials(30, () => 1),
      ranges,
    ),
    [0, 0, 0],
  );
});

test('of fewer than 12 trials nothing is said', () => {
  assert.deepEqual(
    importances(
      trials(11, ([a]) => a!),
      ranges,
    ),
    [null, null, null],
  );
});
