/** Plain moves and sums: fill, scale, gathered rows, sums of columns, sum of squares. */
import { LANES, loadPartial, storePartial, sumLanesF64 } from './vector';

export function fill(n: i32, x: usize, value: f32): void {
  const four = f32x4.splat(value);
  for (; n >= LANES; n -= LANES) {
    v128.store(x, four);
    x += 16;
  }
  if (n > 0) storePartial(x, four, n);
}

export function scale(n: i32, x: usize, factor: usize): void {
  const four = v128.load_splat<f32>(factor);
  for (; n >= LANES; n -= LANES) {
    v128.store(x, f32x4.mul(v128.load(x), four));
    x += 16;
  }
  if (n > 0) storePartial(x, f32x4.mul(loadPartial(x, n), four), n);
}

/** `y = factor · x` */
export function scaleBy(n: i32, x: usize, factor: f32, y: usize): void {
  const four = f32x4.splat(factor);
  for (; n >= LANES; n -= LANES) {
    v128.store(y, f32x4.mul(v128.load(x), four));
    x += 16;
    y += 16;
  }
  if (n > 0) storePartial(y, f32x4.mul(loadPartial(x, n), four), n);
}

export function gatherRows(rows: i32, cols: i32, src: usize, stride: i32, indices: usize, dst: usize): void {
  const rowBytes = <usize>cols << 2;
  const strideBytes = <usize>stride << 2;
  for (let r = 0; r < rows; r++) {
    memory.copy(dst, src + <usize>load<u32>(indices) * strideBytes, rowBytes);
    indices += 4;
    dst += rowBytes;
  }
}

/** Rows summed in one run of float32 additions: a longer run would lose digits. */
const ROWS_PER_SUM: i32 = 256;

/** `out[c] += Σ_r x[r,c]`, by strips of 16, 4 and single columns. */
export function columnSums(rows: i32, cols: i32, x: usize, out: usize): void {
  const rowBytes = <usize>cols << 2;
  for (let first = 0; first < rows; first += ROWS_PER_SUM) {
    const count = min(ROWS_PER_SUM, rows - first);
    const block = x + <usize>first * rowBytes;
    let c = 0;
    for (; c + 16 <= cols; c += 16) {
      const at = <usize>c << 2;
      let from = block + at;
      let s0 = f32x4.splat(0), s1 = f32x4.splat(0), s2 = f32x4.splat(0), s3 = f32x4.splat(0);
      for (let r = 0; r < count; r++) {
        s0 = f32x4.add(s0, v128.load(from));
        s1 = f32x4.add(s1, v128.load(from, 16));
        s2 = f32x4.add(s2, v128.load(from, 32));
        s3 = f32x4.add(s3, v128.load(from, 48));
        from += rowBytes;
      }
      v128.store(out + at, f32x4.add(v128.load(out + at), s0));
      v128.store(out + at, f32x4.add(v128.load(out + at, 16), s1), 16);
      v128.store(out + at, f32x4.add(v128.load(out + at, 32), s2), 32);
      v128.store(out + at, f32x4.add(v128.load(out + at, 48), s3), 48);
    }
    for (; c + LANES <= cols; c += LANES) {
      const at = <usize>c << 2;
      let from = block + at;
      let s = f32x4.splat(0);
      for (let r = 0; r < count; r++) {
        s = f32x4.add(s, v128.load(from));
        from += rowBytes;
      }
      v128.store(out + at, f32x4.add(v128.load(out + at), s));
    }
    for (; c < cols; c++) {
      const at = <usize>c << 2;
      let from = block + at;
      let s: f32 = 0;
      for (let r = 0; r < count; r++) {
        s += load<f32>(from);
        from += rowBytes;
      }
      store<f32>(out + at, load<f32>(out + at) + s);
    }
  }
}

/** Elements whose squares make one partial sum: SQUARES_CHUNK of ../../kernels.ts. */
const CHUNK: i32 = 8192;

/** The squares of the first two floats of v, in float64, where none overflows and none is rounded. */
@inline
function squares(v: v128): v128 {
  const x = f64x2.promote_low_f32x4(v);
  return f64x2.mul(x, x);
}

/** Σ x² of one chunk: eight sums, so that no addition waits for the one before. */
function squaresOf(n: i32, x: usize): f64 {
  let s0 = f64x2.splat(0), s1 = f64x2.splat(0), s2 = f64x2.splat(0), s3 = f64x2.splat(0);
  let s4 = f64x2.splat(0), s5 = f64x2.splat(0), s6 = f64x2.splat(0), s7 = f64x2.splat(0);
  for (; n >= 16; n -= 16) {
    s0 = f64x2.add(s0, squares(v128.load64_zero(x)));
    s1 = f64x2.add(s1, squares(v128.load64_zero(x, 8)));
    s2 = f64x2.add(s2, squares(v128.load64_zero(x, 16)));
    s3 = f64x2.add(s3, squares(v128.load64_zero(x, 24)));
    s4 = f64x2.add(s4, squares(v128.load64_zero(x, 32)));
    s5 = f64x2.add(s5, squares(v128.load64_zero(x, 40)));
    s6 = f64x2.add(s6, squares(v128.load64_zero(x, 48)));
    s7 = f64x2.add(s7, squares(v128.load64_zero(x, 56)));
    x += 64;
  }
  for (; n >= 2; n -= 2) {
    s0 = f64x2.add(s0, squares(v128.load64_zero(x)));
    x += 8;
  }
  if (n > 0) s1 = f64x2.add(s1, squares(v128.load32_zero(x)));
  const low = f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3));
  const high = f64x2.add(f64x2.add(s4, s5), f64x2.add(s6, s7));
  return sumLanesF64(f64x2.add(low, high));
}

export function chunkSquares(n: i32, x: usize, partials: usize): void {
  for (; n > 0; n -= CHUNK) {
    store<f64>(partials, squaresOf(min(n, CHUNK), x));
    x += CHUNK * sizeof<f32>();
    partials += sizeof<f64>();
  }
}

export function sumChunks(chunks: i32, partials: usize, out: usize): void {
  let total: f64 = 0;
  for (; chunks > 0; chunks--) {
    total += load<f64>(partials);
    partials += sizeof<f64>();
  }
  store<f64>(out, total);
}
