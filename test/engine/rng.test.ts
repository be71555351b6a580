import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Draws, keyOf, permutation, philox, streamNumber } from '../../src/engine/rng.js';

test('philox gives the known answers of Random123 (kat_vectors, philox4x32 10)', () => {
  const vectors = [
    {
      counter: [0, 0, 0, 0],
      key: [0, 0],
      answer: [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
    },
    {
      counter: [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
      key: [0xffffffff, 0xffffffff],
      answer: [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
    },
    {
      counter: [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      key: [0xa4093822, 0x299f31d0],
      answer: [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    },
  ] as const;
  for (const { counter, key, answer } of vectors) {
    const out = new Uint32Array(4);
    philox(key[0], key[1], counter[0], counter[1], counter[2], counter[3], out);
    assert.deepEqual([...out], [...answer]);
  }
});

test('draws are the words of consecutive blocks of (seed, stream, step, row)', () => {
  const seed = 3 * 2 ** 32 + 9;
  const stream = streamNumber('dropout', 2);
  const draws = new Draws(seed, stream, 5, 11);
  const block = new Uint32Array(4);
  for (let index = 0; index < 3; index++) {
    philox(9, 3, index, stream, 5, 11, block);
    assert.deepEqual([draws.uint32(), draws.uint32(), draws.uint32(), draws.uint32()], [...block]);
  }
});

test('seeds cover [0, 2^53) without collision of their keys, and nothing else', () => {
  assert.deepEqual(keyOf(Number.MAX_SAFE_INTEGER), [0xffffffff, 0x1fffff]);
  assert.deepEqual(keyOf(2 ** 32), [0, 1]);
  for (const bad of [-1, 0.5, 2 ** 53, Number.NaN]) assert.throws(() => keyOf(bad), RangeError);
});

test('streams of different purpose or index have different numbers, below 2^32', () => {
  const numbers = (['split', 'init', 'shuffle', 'dropout', 'augmentation', 'windows'] as const).flatMap((kind) =>
    [0, 1, 2 ** 24 - 1].map((index) => streamNumber(kind, index)),
  );
  assert.equal(new Set(numbers).size, numbers.length);
  assert.ok(numbers.every((number) => number === number >>> 0));
  assert.throws(() => streamNumber('init', 2 ** 24), RangeError);
});

/** Mean and variance of 10⁵ draws. */
function moments(draw: () => number): { mean: number; variance: number } {
  const values = Float64Array.from({ length: 100_000 }, draw);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length };
}

test('uniform draws are multiples of 2^-24 in [0, 1) with mean 1/2 and variance 1/12 within 5 standard errors', () => {
  const draws = new Draws(1, streamNumber('init'));
  const { mean, variance } = moments(() => {
    const value = draws.uniform();
    assert.ok(value >= 0 && value < 1 && Number.isInteger(value * 2 ** 24));
    return value;
  });
  assert.ok(Math.abs(mean - 1 / 2) < 5 * Math.sqrt(1 / 12 / 1e5), `mean ${mean}`);
  assert.ok(Math.abs(variance - 1 / 12) < 5 * Math.sqrt(1 / 180 / 1e5), `variance ${variance}`);
});

test('normal draws are float32 with mean 0 and variance 1 within 5 standard errors', () => {
  const draws = new Draws(1, streamNumber('init'));
  const { mean, variance } = moments(() => {
    const value = draws.normal();
    assert.equal(value, Math.fround(value));
    return value;
  });
  assert.ok(Math.abs(mean) < 5 * Math.sqrt(1 / 1e5), `mean ${mean}`);
  assert.ok(Math.abs(variance - 1) < 5 * Math.sqrt(2 / 1e5), `variance ${variance}`);
});

test('integers are unbiased: for bound 3 · 2^30 the lower third is not drawn twice as often', () => {
  const draws = new Draws(4, streamNumber('split'));
  const bound = 3 * 2 ** 30;
  const { mean } = moments(() => {
    const value = draws.integer(bound);
    assert.ok(value < bound);
    return value < 2 ** 30 ? 1 : 0;
  });
  // A bare remainder would give 1/2.
  assert.ok(Math.abs(mean - 1 / 3) < 5 * Math.sqrt(2 / 9 / 1e5), `share ${mean}`);
});

test('a permutation holds each index once and is a function of seed, stream and step alone', () => {
  const shuffle = streamNumber('shuffle');
  const order = permutation(1000, 7, shuffle, 3);
  assert.deepEqual(
    [...order].sort((a, b) => a - b),
    Array.from({ length: 1000 }, (_, index) => index),
  );
  assert.deepEqual(permutation(1000, 7, shuffle, 3), order);
  for (const other of [
    permutation(1000, 8, shuffle, 3),
    permutation(1000, 7, shuffle, 4),
    permutation(1000, 7, streamNumber('split'), 3),
  ]) {
    assert.notDeepEqual(other, order);
  }
  assert.deepEqual([permutation(0, 1, shuffle), permutation(1, 1, shuffle)], [new Uint32Array(0), Uint32Array.of(0)]);
});

test('all 24 orders of four come up equally often, within 5 standard errors', () => {
  const counts = new Map<string, number>();
  for (let step = 0; step < 24_000; step++) {
    const order = permutation(4, 1, streamNumber('shuffle'), step).join();
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  assert.equal(counts.size, 24);
  for (const count of counts.values()) assert.ok(Math.abs(count - 1000) < 5 * Math.sqrt(1000), `count ${count}`);
});
