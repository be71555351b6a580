/**
 * Dropout from Philox4x32-10 (Salmon et al. 2011), four blocks at a time: sixteen draws, the same as rng.ts gives one by
 * one. Element i takes lane i & 3 of block i >> 2.
 */
import { loadPartial, storePartial } from './vector';

export const MULTIPLIER_0: u32 = 0xd2511f53;
export const MULTIPLIER_1: u32 = 0xcd9e8d57;
export const WEYL_0: u32 = 0x9e3779b9;
export const WEYL_1: u32 = 0xbb67ae85;
export const ROUNDS: i32 = 10;
const BLOCKS: v128 = i32x4(0, 1, 2, 3);

export function dropout(
  n: i32, x: usize, y: usize, rate: f64, key: usize, step: usize, stream: u32, mask: usize, first: i32,
): void {
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
    let w0 = i32x4.add(i32x4.splat((first + i) >>> 2), BLOCKS);
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
    const keep0 = i32x4.ge_u(v128.shuffle<i64>(low01, low23, 0, 2), threshold);
    const keep1 = i32x4.ge_u(v128.shuffle<i64>(low01, low23, 1, 3), threshold);
    const keep2 = i32x4.ge_u(v128.shuffle<i64>(high01, high23, 0, 2), threshold);
    const keep3 = i32x4.ge_u(v128.shuffle<i64>(high01, high23, 1, 3), threshold);
    keepSixteen(x, y, n - i, kept, keep0, keep1, keep2, keep3);
    if (mask != 0) {
      const low = i32x4.bitmask(keep0) | (i32x4.bitmask(keep1) << 4);
      const bits = low | (i32x4.bitmask(keep2) << 8) | (i32x4.bitmask(keep3) << 12);
      store<u32>(mask, n - i < 16 ? bits & ((1 << (n - i)) - 1) : bits);
      mask += 4;
    }
    x += 64;
    y += 64;
  }
}

/** Bits 4j … 4j + 3 of a mask's word, a bit a lane. */
const BITS = memory.data<u32>([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768], 16);

@inline
function lanesOf(word: v128, offset: usize): v128 {
  const bits = v128.load(BITS + offset);
  return i32x4.eq(v128.and(word, bits), bits);
}

/** dx = keep ∘ dy / (1 − rate) */
export function dropoutBackward(n: i32, dy: usize, mask: usize, dx: usize, rate: f64): void {
  const kept = f32x4.splat(<f32>(1 - rate));
  for (let i = 0; i < n; i += 16) {
    const word = v128.load_splat<u32>(mask);
    keepSixteen(dy, dx, n - i, kept, lanesOf(word, 0), lanesOf(word, 16), lanesOf(word, 32), lanesOf(word, 48));
    mask += 4;
    dy += 64;
    dx += 64;
  }
}

/** y = keep ∘ x / kept for sixteen elements, or the `rest` < 16 that are left. */
@inline
function keepSixteen(
  x: usize, y: usize, rest: i32, kept: v128, keep0: v128, keep1: v128, keep2: v128, keep3: v128,
): void {
  if (rest >= 16) {
    v128.store(y, v128.and(f32x4.div(v128.load(x), kept), keep0));
    v128.store(y, v128.and(f32x4.div(v128.load(x, 16), kept), keep1), 16);
    v128.store(y, v128.and(f32x4.div(v128.load(x, 32), kept), keep2), 32);
    v128.store(y, v128.and(f32x4.div(v128.load(x, 48), kept), keep3), 48);
  } else {
    keepFour(x, y, rest, kept, keep0);
    if (rest > 4) keepFour(x + 16, y + 16, rest - 4, kept, keep1);
    if (rest > 8) keepFour(x + 32, y + 32, rest - 8, kept, keep2);
    if (rest > 12) keepFour(x + 48, y + 48, rest - 12, kept, keep3);
  }
}

/** Four elements, or the `rest` < 4 that are left. */
function keepFour(x: usize, y: usize, rest: i32, kept: v128, keep: v128): void {
  if (rest >= 4) v128.store(y, v128.and(f32x4.div(v128.load(x), kept), keep));
  else storePartial(y, v128.and(f32x4.div(loadPartial(x, rest), kept), keep), rest);
}
