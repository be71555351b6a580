/**
 * Dropout from Philox4x32-10 (Salmon et al. 2011), eight blocks at a time: the draws that rng.ts gives one by one. A word
 * decides on two elements: element i takes half-word i & 7 of block i >> 3.
 */
import { drawnBlocks, roundKeys } from './scratch';
import { loadPartial, storePartial } from './vector';

export const WEYL_0: u32 = 0x9e3779b9;
export const WEYL_1: u32 = 0xbb67ae85;
export const ROUNDS: u32 = 10;
const KEY_BYTES: usize = 8;
/** Elements whose draws are made before the first is used: 1 KiB. */
const CHUNK: i32 = 512;
export const MULTIPLIERS = memory.data<u32>([0xd2511f53, 0xcd9e8d57], 16);
const BLOCKS = memory.data<u32>([0, 1, 2, 3, 4, 5, 6, 7], 16);

/** How many of the 2¹⁶ values of a half-word drop an element: rounded, and never all. */
@inline
function dropped(rate: f64): f64 {
  return Math.min(Math.floor(rate * 65536 + 0.5), 65535);
}

/** What a kept element is multiplied by: 1 over the share that is kept. */
@inline
function scaleOf(rate: f64): v128 {
  return f32x4.splat(<f32>(65536 / (65536 - dropped(rate))));
}

/** `keys`[10, 2]: the two words of `key`, raised from round to round. */
function scheduleKeys(key: usize, keys: usize): void {
  for (let round: u32 = 0; round < ROUNDS; round++) {
    store<u32>(keys, load<u32>(key) + round * WEYL_0);
    store<u32>(keys, load<u32>(key, 4) + round * WEYL_1, 4);
    keys += KEY_BYTES;
  }
}

/** out[blocks, 4] = the blocks from `counter` on; `blocks` is rounded up to a multiple of eight. */
function draw(blocks: i32, counter: u32, stream: u32, step: u32, keys: usize, out: usize): void {
  const end = keys + <usize>ROUNDS * KEY_BYTES;
  for (; blocks > 0; blocks -= 8) {
    // Word w of the first and the last four blocks, one block a lane: two chains that do not wait for each other.
    let v0 = i32x4.add(i32x4.splat(counter), v128.load(BLOCKS));
    let w0 = i32x4.add(i32x4.splat(counter), v128.load(BLOCKS, 16));
    let v1 = i32x4.splat(stream), w1 = v1;
    let v2 = i32x4.splat(step), w2 = v2;
    let v3 = i32x4.splat(0), w3 = v3;
    for (let round = keys; round < end; round += KEY_BYTES) {
      const m0 = v128.load_splat<u32>(MULTIPLIERS), m1 = v128.load_splat<u32>(MULTIPLIERS, 4);
      const k0 = v128.load_splat<u32>(round), k1 = v128.load_splat<u32>(round, 4);
      const v01 = i64x2.extmul_low_i32x4_u(v0, m0), v23 = i64x2.extmul_high_i32x4_u(v0, m0);
      const v45 = i64x2.extmul_low_i32x4_u(v2, m1), v67 = i64x2.extmul_high_i32x4_u(v2, m1);
      v0 = v128.xor(v128.shuffle<i32>(v45, v67, 1, 3, 5, 7), v128.xor(v1, k0));
      v1 = v128.shuffle<i32>(v45, v67, 0, 2, 4, 6);
      v2 = v128.xor(v128.shuffle<i32>(v01, v23, 1, 3, 5, 7), v128.xor(v3, k1));
      v3 = v128.shuffle<i32>(v01, v23, 0, 2, 4, 6);
      const w01 = i64x2.extmul_low_i32x4_u(w0, m0), w23 = i64x2.extmul_high_i32x4_u(w0, m0);
      const w45 = i64x2.extmul_low_i32x4_u(w2, m1), w67 = i64x2.extmul_high_i32x4_u(w2, m1);
      w0 = v128.xor(v128.shuffle<i32>(w45, w67, 1, 3, 5, 7), v128.xor(w1, k0));
      w1 = v128.shuffle<i32>(w45, w67, 0, 2, 4, 6);
      w2 = v128.xor(v128.shuffle<i32>(w01, w23, 1, 3, 5, 7), v128.xor(w3, k1));
      w3 = v128.shuffle<i32>(w01, w23, 0, 2, 4, 6);
    }
    storeBlocks(out, v0, v1, v2, v3);
    storeBlocks(out + 64, w0, w1, w2, w3);
    counter += 8;
    out += 128;
  }
}

/** Four blocks, from a word a vector to a block a vector. */
@inline
function storeBlocks(out: usize, w0: v128, w1: v128, w2: v128, w3: v128): void {
  const low01 = v128.shuffle<i32>(w0, w1, 0, 4, 1, 5);
  const high01 = v128.shuffle<i32>(w0, w1, 2, 6, 3, 7);
  const low23 = v128.shuffle<i32>(w2, w3, 0, 4, 1, 5);
  const high23 = v128.shuffle<i32>(w2, w3, 2, 6, 3, 7);
  v128.store(out, v128.shuffle<i64>(low01, low23, 0, 2));
  v128.store(out, v128.shuffle<i64>(low01, low23, 1, 3), 16);
  v128.store(out, v128.shuffle<i64>(high01, high23, 0, 2), 32);
  v128.store(out, v128.shuffle<i64>(high01, high23, 1, 3), 48);
}

export function dropout(
  n: i32, x: usize, y: usize, rate: f64, key: usize, step: usize, stream: u32, mask: usize, first: i32,
): void {
  const threshold = i16x8.splat(<i16>dropped(rate));
  const scale = scaleOf(rate);
  const keys = roundKeys();
  scheduleKeys(key, keys);
  for (let i = 0; i < n; i += CHUNK) {
    const count = min(CHUNK, n - i);
    let draws = drawnBlocks();
    draw((count + 7) >> 3, (first + i) >>> 3, stream, load<u32>(step), keys, draws);
    for (let rest = count; rest > 0; rest -= 16) {
      const keep0 = i16x8.ge_u(v128.load(draws), threshold);
      const keep1 = i16x8.ge_u(v128.load(draws, 16), threshold);
      keepHalves(x, y, rest, scale, keep0, keep1);
      if (mask != 0) {
        store<u32>(mask, bitsOf(keep0, keep1, rest));
        mask += 4;
      }
      draws += 32;
      x += 64;
      y += 64;
    }
  }
}

/** A mask's word of sixteen elements, or of the `rest` < 16 that are left. */
@inline
function bitsOf(keep0: v128, keep1: v128, rest: i32): u32 {
  const bits = i8x16.bitmask(i8x16.narrow_i16x8_s(keep0, keep1));
  return rest < 16 ? bits & ((1 << rest) - 1) : bits;
}

/** keepSixteen, by half-words of ones or zeros. */
@inline
function keepHalves(x: usize, y: usize, rest: i32, scale: v128, keep0: v128, keep1: v128): void {
  keepSixteen(
    x, y, rest, scale, i32x4.extend_low_i16x8_s(keep0), i32x4.extend_high_i16x8_s(keep0),
    i32x4.extend_low_i16x8_s(keep1), i32x4.extend_high_i16x8_s(keep1),
  );
}

/** Bits 4j … 4j + 3 of a mask's word, a bit a lane. */
const BITS = memory.data<u32>([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768], 16);

@inline
function lanesOf(word: v128, offset: usize): v128 {
  const bits = v128.load(BITS + offset);
  return i32x4.eq(v128.and(word, bits), bits);
}

/** dx = keep ∘ dy · scale */
export function dropoutBackward(n: i32, dy: usize, mask: usize, dx: usize, rate: f64): void {
  const scale = scaleOf(rate);
  for (let i = 0; i < n; i += 16) {
    const word = v128.load_splat<u32>(mask);
    keepSixteen(dy, dx, n - i, scale, lanesOf(word, 0), lanesOf(word, 16), lanesOf(word, 32), lanesOf(word, 48));
    mask += 4;
    dy += 64;
    dx += 64;
  }
}

/** y = keep ∘ x · scale for sixteen elements, or the `rest` < 16 that are left. */
@inline
function keepSixteen(
  x: usize, y: usize, rest: i32, scale: v128, keep0: v128, keep1: v128, keep2: v128, keep3: v128,
): void {
  if (rest >= 16) {
    v128.store(y, v128.and(f32x4.mul(v128.load(x), scale), keep0));
    v128.store(y, v128.and(f32x4.mul(v128.load(x, 16), scale), keep1), 16);
    v128.store(y, v128.and(f32x4.mul(v128.load(x, 32), scale), keep2), 32);
    v128.store(y, v128.and(f32x4.mul(v128.load(x, 48), scale), keep3), 48);
  } else {
    keepFour(x, y, rest, scale, keep0);
    if (rest > 4) keepFour(x + 16, y + 16, rest - 4, scale, keep1);
    if (rest > 8) keepFour(x + 32, y + 32, rest - 8, scale, keep2);
    if (rest > 12) keepFour(x + 48, y + 48, rest - 12, scale, keep3);
  }
}

/** Four elements, or the `rest` < 4 that are left. */
function keepFour(x: usize, y: usize, rest: i32, scale: v128, keep: v128): void {
  if (rest >= 4) v128.store(y, v128.and(f32x4.mul(v128.load(x), scale), keep));
  else storePartial(y, v128.and(f32x4.mul(loadPartial(x, rest), scale), keep), rest);
}
