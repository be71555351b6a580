import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleToken } from '../../src/run/sample-token.js';

const probabilities = Float32Array.of(0.9, 0.05, 0.02, 0.03); // the first is special
const shares = (temperature: number, { topK, topP = 1 }: { topK?: number; topP?: number } = {}): number[] => {
  const counts = [0, 0, 0, 0];
  for (let i = 0; i < 1000; i++) {
    counts[sampleToken(probabilities, { from: 1, to: 4, temperature, topK, topP }, (i + 0.5) / 1000)]! += 1;
  }
  return counts;
};

test('ordinary tokens are drawn as often as they are likely among themselves, to within one in 1,000', () => {
  for (const [temperature, powers] of [
    [1, [5, 2, 3]],
    [0.5, [25, 4, 9]],
    [2, [5 ** 0.5, 2 ** 0.5, 3 ** 0.5]],
  ] as const) {
    const sum = powers.reduce((total, power) => total + power, 0);
    const expected = [0, ...powers.map((power) => (1000 * power) / sum)];
    const got = shares(temperature);
    for (const [token, count] of got.entries()) {
      assert.ok(Math.abs(count - expected[token]!) <= 1, `${temperature}: ${got} vs ${expected}`);
    }
  }
});

test('of the likeliest K no other is drawn; at temperature 0 the likeliest, the lower of equals', () => {
  assert.deepEqual(shares(1, { topK: 2 }), [0, 625, 0, 375]);
  assert.deepEqual(shares(0), [0, 1000, 0, 0]);
  assert.equal(
    sampleToken(Float32Array.of(0, 0.5, 0.5), { from: 1, to: 3, temperature: 0, topK: undefined, topP: 1 }, 0.9),
    1,
  );
  assert.equal(
    sampleToken(Float32Array.of(0, 1, 0), { from: 1, to: 3, temperature: 0.01, topK: undefined, topP: 1 }, 0.999),
    1,
  );
});

test('of the nucleus no other is drawn: the fewest likeliest with the share, of what topK leaves, at the temperature', () => {
  // 0.5, 0.3, 0.2 among themselves
  assert.deepEqual(shares(1, { topP: 0.49 }), [0, 1000, 0, 0]);
  assert.deepEqual(shares(1, { topP: 0.51 }), [0, 625, 0, 375]);
  assert.deepEqual(shares(1, { topP: 0.81 }), shares(1));
  assert.deepEqual(shares(1, { topK: 2, topP: 0.62 }), [0, 1000, 0, 0]);
  assert.deepEqual(shares(0.5, { topP: 0.65 }), [0, 1000, 0, 0]); // 25, 9 and 4 of 38
});
