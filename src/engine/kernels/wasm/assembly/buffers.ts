/** Plain moves and sums: fill, scale, gathered rows, sums of columns, sum of squares. */
import { LANES, loadPartial, squaresF64, storePartial, sumLanesF64 } from './vector';

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

/** Elements whose squares make one partial sum; the partial sums are added in order. */
const CHUNK: i32 = 8192;

export function sumOfSquares(n: i32, x: usize, out: usize): void {
  let total: f64 = 0;
  for (; n > 0; n -= CHUNK) {
    let rest = min(n, CHUNK);
    let s0 = f64x2.splat(0), s1 = f64x2.splat(0);
    for (; rest >= 2 * LANES; rest -= 2 * LANES) {
      s0 = f64x2.add(s0, squaresF64(v128.load(x)));
      s1 = f64x2.add(s1, squaresF64(v128.load(x, 16)));
      x += 32;
    }
    if (rest >= LANES) {
      s0 = f64x2.add(s0, squaresF64(v128.load(x)));
      x += 16;
      rest -= LANES;
    }
    if (rest > 0) s1 = f64x2.add(s1, squaresF64(loadPartial(x, rest)));
    total += sumLanesF64(f64x2.add(s0, s1));
  }
  store<f64>(out, total);
}
