/** Products of a matrix and a vector: bound by reading the matrix, so it is read once and in order. */
import { LANES, loadPartial, sumLanes } from './vector';

/** y[n] (+)= Σ_p x[p] · M[p,:] over the rows of M [k, n], four at a time; x has any step, in bytes. */
export function combineRows(
  n: i32, k: i32, m: usize, mRow: usize, x: usize, xStep: usize, y: usize, beta: i32,
): void {
  if (beta == 0) memory.fill(y, 0, <usize>n << 2);
  let p = 0;
  for (; p + 4 <= k; p += 4) {
    const x0 = v128.load_splat<f32>(x);
    const x1 = v128.load_splat<f32>(x + xStep);
    const x2 = v128.load_splat<f32>(x + 2 * xStep);
    const x3 = v128.load_splat<f32>(x + 3 * xStep);
    const m1 = m + mRow, m2 = m1 + mRow, m3 = m2 + mRow;
    let j = 0;
    for (; j + LANES <= n; j += LANES) {
      const at = <usize>j << 2;
      const low = f32x4.add(f32x4.mul(x0, v128.load(m + at)), f32x4.mul(x1, v128.load(m1 + at)));
      const high = f32x4.add(f32x4.mul(x2, v128.load(m2 + at)), f32x4.mul(x3, v128.load(m3 + at)));
      v128.store(y + at, f32x4.add(v128.load(y + at), f32x4.add(low, high)));
    }
    for (; j < n; j++) {
      const at = <usize>j << 2;
      const low = f32x4.extract_lane(x0, 0) * load<f32>(m + at) + f32x4.extract_lane(x1, 0) * load<f32>(m1 + at);
      const high = f32x4.extract_lane(x2, 0) * load<f32>(m2 + at) + f32x4.extract_lane(x3, 0) * load<f32>(m3 + at);
      store<f32>(y + at, load<f32>(y + at) + (low + high));
    }
    m += 4 * mRow;
    x += 4 * xStep;
  }
  for (; p < k; p++) {
    const x0 = load<f32>(x);
    for (let j = 0; j < n; j++) {
      const at = <usize>j << 2;
      store<f32>(y + at, load<f32>(y + at) + x0 * load<f32>(m + at));
    }
    m += mRow;
    x += xStep;
  }
}

/** y[i] (+)= M[i,:] · x for the m rows of M [m, k]; y has any step, in bytes. */
export function dotRows(
  m: i32, k: i32, matrix: usize, mRow: usize, x: usize, y: usize, yStep: usize, beta: i32,
): void {
  const whole = k & ~15;
  for (let i = 0; i < m; i++) {
    let s0 = f32x4.splat(0), s1 = f32x4.splat(0), s2 = f32x4.splat(0), s3 = f32x4.splat(0);
    let p = 0;
    for (; p < whole; p += 16) {
      const at = <usize>p << 2;
      s0 = f32x4.add(s0, f32x4.mul(v128.load(matrix + at), v128.load(x + at)));
      s1 = f32x4.add(s1, f32x4.mul(v128.load(matrix + at, 16), v128.load(x + at, 16)));
      s2 = f32x4.add(s2, f32x4.mul(v128.load(matrix + at, 32), v128.load(x + at, 32)));
      s3 = f32x4.add(s3, f32x4.mul(v128.load(matrix + at, 48), v128.load(x + at, 48)));
    }
    for (; p + LANES <= k; p += LANES) {
      const at = <usize>p << 2;
      s0 = f32x4.add(s0, f32x4.mul(v128.load(matrix + at), v128.load(x + at)));
    }
    if (p < k) {
      const at = <usize>p << 2;
      s1 = f32x4.add(s1, f32x4.mul(loadPartial(matrix + at, k - p), loadPartial(x + at, k - p)));
    }
    const dot = sumLanes(f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3)));
    store<f32>(y, beta == 0 ? dot : load<f32>(y) + dot);
    matrix += mRow;
    y += yStep;
  }
}
