/**
 * Everything random in the engine: Philox4x32-10, a counter-based generator (Salmon et al., "Parallel random numbers: as
 * easy as 1, 2, 3", SC 2011). A draw is a function of (seed, stream, step, index), so a run that resumes needs no
 * generator state, and neither the order of the draws nor the number of threads can change one.
 *
 * Key: the seed's two words. Counter: (block, stream, step, row + block's high word), each block being four 32-bit draws.
 */

const MULTIPLIER_0 = 0xd2511f53;
const MULTIPLIER_1 = 0xcd9e8d57;
/** Key increments: the golden ratio and √3 − 1. */
const WEYL_0 = 0x9e3779b9;
const WEYL_1 = 0xbb67ae85;
const ROUNDS = 10;
const TWO_32 = 2 ** 32;

/** What draws are for: the high byte of a stream's number, so that two uses can never share a draw. */
const STREAM_KINDS = {
  split: 1,
  init: 2,
  shuffle: 3,
  dropout: 4,
  augmentation: 5,
  windows: 6,
  mask: 7,
  sampling: 8,
  balance: 9,
  folds: 10,
  sweep: 11,
} as const;

export type StreamKind = keyof typeof STREAM_KINDS;

/** Number of a stream; `index` (< 2²⁴) tells apart layers or columns that draw for the same purpose. */
export function streamNumber(kind: StreamKind, index = 0): number {
  if (!(Number.isInteger(index) && index >= 0 && index < 2 ** 24)) {
    throw new RangeError(`stream ${kind}: expected an index in [0, 2^24), got ${index}`);
  }
  return STREAM_KINDS[kind] * 2 ** 24 + index;
}

/** The two key words of a seed in [0, 2⁵³). */
export function keyOf(seed: number): [low: number, high: number] {
  if (!(Number.isSafeInteger(seed) && seed >= 0))
    throw new RangeError(`seed: expected an integer in [0, 2^53), got ${seed}`);
  return [seed >>> 0, Math.floor(seed / TWO_32)];
}

/** High word of the 64-bit product of two unsigned 32-bit words, by 16-bit halves: no sum reaches 2³². */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const carry = aLow * bHigh + (middle & 0xffff);
  return aHigh * bHigh + (middle >>> 16) + (carry >>> 16);
}

/** One block: four draws for key (key0, key1) and counter (c0, c1, c2, c3) into `out[0..3]`. */
export function philox(
  key0: number,
  key1: number,
  c0: number,
  c1: number,
  c2: number,
  c3: number,
  out: Uint32Array,
): void {
  let [k0, k1, x0, x1, x2, x3] = [key0, key1, c0, c1, c2, c3];
  for (let round = 0; round < ROUNDS; round++) {
    const high0 = multiplyHigh(MULTIPLIER_0, x0);
    const low0 = Math.imul(MULTIPLIER_0, x0);
    const high1 = multiplyHigh(MULTIPLIER_1, x2);
    const low1 = Math.imul(MULTIPLIER_1, x2);
    x0 = (high1 ^ x1 ^ k0) >>> 0;
    x1 = low1;
    x2 = (high0 ^ x3 ^ k1) >>> 0;
    x3 = low0;
    k0 = (k0 + WEYL_0) | 0;
    k1 = (k1 + WEYL_1) | 0;
  }
  out[0] = x0;
  out[1] = x1;
  out[2] = x2;
  out[3] = x3;
}

/** The draws of one (seed, stream, step, row) in order, from the first; a row has 2³² blocks of them. */
export class Draws {
  readonly #key: readonly [number, number];
  readonly #stream: number;
  readonly #step: number;
  readonly #row: number;
  readonly #block = new Uint32Array(4);
  /** Draws taken so far. */
  #taken = 0;
  /** Second half of the last Box–Muller pair. */
  #spare: number | null = null;

  constructor(seed: number, stream: number, step = 0, row = 0) {
    this.#key = keyOf(seed);
    this.#stream = stream;
    this.#step = step;
    this.#row = row;
  }

  uint32(): number {
    const lane = this.#taken % 4;
    if (lane === 0) {
      const block = this.#taken / 4;
      const high = this.#row + Math.floor(block / TWO_32);
      philox(this.#key[0], this.#key[1], block >>> 0, this.#stream, this.#step, high, this.#block);
    }
    this.#taken++;
    return this.#block[lane]!;
  }

  /** Uniform in [0, 1): a multiple of 2⁻²⁴, hence exact in float32. */
  uniform(): number {
    return (this.uint32() >>> 8) / 2 ** 24;
  }

  /** Standard normal (Box & Muller 1958), worked in float64 and rounded to float32. */
  normal(): number {
    if (this.#spare !== null) {
      const value = this.#spare;
      this.#spare = null;
      return value;
    }
    // The radius' draw lies in (0, 1], so its logarithm is finite.
    const radius = Math.sqrt(-2 * Math.log((this.uint32() + 1) / TWO_32));
    const angle = (2 * Math.PI * this.uint32()) / TWO_32;
    this.#spare = Math.fround(radius * Math.sin(angle));
    return Math.fround(radius * Math.cos(angle));
  }

  /** Uniform integer in [0, bound), 1 ≤ bound ≤ 2³²; draws that would favour the low values are drawn again. */
  integer(bound: number): number {
    const fair = TWO_32 - (TWO_32 % bound);
    let draw = this.uint32();
    while (draw >= fair) draw = this.uint32();
    return draw % bound;
  }
}

/** A uniform order of 0 … n−1 (Fisher–Yates), the same for the same (seed, stream, step). */
export function permutation(n: number, seed: number, stream: number, step = 0): Uint32Array {
  const draws = new Draws(seed, stream, step);
  const order = new Uint32Array(n).map((_, index) => index);
  for (let last = n - 1; last > 0; last--) {
    const other = draws.integer(last + 1);
    const held = order[last]!;
    order[last] = order[other]!;
    order[other] = held;
  }
  return order;
}
