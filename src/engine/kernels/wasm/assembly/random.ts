/**
 * Dropout from Philox4x32-10 (Salmon et al. 2011), four blocks at a time: sixteen draws, the same as rng.ts gives one by
 * one. Element i takes lane i & 3 of block i >> 2.
 */
import { loadPartial, storePartial } from './vector';

const MULTIPLIER_0: u32 = 0xd2511f53;
const MULTIPLIER_1: u32 = 0xcd9e8d57;
const WEYL_0: u32 = 0x9e3779b9;
const WEYL_1: u32 = 0xbb67ae85;
const ROUNDS: i32 = 10;
const BLOCKS: v128 = i32x4(0, 1, 2, 3);

export function dropout(n: i32, x: usize, y: usize, rate: f64, key: usize, step: usize, stream: u32): void {
  const threshold = i32x4.splat(<u32>Math.floor(rate * 4294967296.0));
  const kept = f32x4.splat(<f32>(1 - rate));
  const multiplier0 = i32x4.splat(MULTIPLIER_0);
  const multiplier1 = i32x4.splat(MULTIPLIER_1);
  const streams = i32x4.splat(stream);
  const steps = i32x4.splat(load<u32>(step));
  for (let i = 0; i < n; i += 16) {
    let k0 = load<u32>(key);
    let k1 = load<u32>(key, 4);
    // Word w of the four blocks, one block a lane.
    let w0 = i32x4.add(i32x4.splat(i >> 2), BLOCKS);
    let w1 = streams;
    let w2 = steps;
    let w3 = i32x4.splat(0);
    for (let round = 0; round < ROUNDS; round++) {
      const low0 = i64x2.extmul_low_i32x4_u(w0, multiplier0);
      const high0 = i64x2.extmul_high_i32x4_u(w0, multiplier0);
      const low1 = i64x2.extmul_low_i32x4_u(w2, multiplier1);
      const high1 = i64x2.extmul_high_i32x4_u(w2, multiplier1);
      w0 = v128.xor(v128.xor(v128.shuffle<i32>(low1, high1, 1, 3, 5, 7), w1), i32x4.splat(k0));
      w1 = v128.shuffle<i32>(low1, high1, 0, 2, 4, 6);
      w2 = v128.xor(v128.xor(v128.shuffle<i32>(low0, high0, 1, 3, 5, 7), w3), i32x4.splat(k1));
      w3 = v128.shuffle<i32>(low0, high0, 0, 2, 4, 6);
      k0 += WEYL_0;
      k1 += WEYL_1;
    }
    // From a word a vector to a block a vector: the draws in the order of the elements.
    const low01 = v128.shuffle<i32>(w0, w1, 0, 4, 1, 5);
    const high01 = v128.shuffle<i32>(w0, w1, 2, 6, 3, 7);
    const low23 = v128.shuffle<i32>(w2, w3, 0, 4, 1, 5);
    const high23 = v128.shuffle<i32>(w2, w3, 2, 6, 3, 7);
    const at = <usize>i << 2;
    const rest = n - i;
    drop(x + at, y + at, rest, v128.shuffle<i64>(low01, low23, 0, 2), threshold, kept);
    if (rest > 4) drop(x + at + 16, y + at + 16, rest - 4, v128.shuffle<i64>(low01, low23, 1, 3), threshold, kept);
    if (rest > 8) drop(x + at + 32, y + at + 32, rest - 8, v128.shuffle<i64>(high01, high23, 0, 2), threshold, kept);
    if (rest > 12) drop(x + at + 48, y + at + 48, rest - 12, v128.shuffle<i64>(high01, high23, 1, 3), threshold, kept);
  }
}

/** Four elements, or the `rest` < 4 that are left. */
@inline
function drop(x: usize, y: usize, rest: i32, draws: v128, threshold: v128, kept: v128): void {
  const keep = i32x4.ge_u(draws, threshold);
  if (rest >= 4) v128.store(y, v128.and(f32x4.div(v128.load(x), kept), keep));
  else storePartial(y, v128.and(f32x4.div(loadPartial(x, rest), kept), keep), rest);
}
