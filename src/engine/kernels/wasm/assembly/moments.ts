/** Sums that means and variances are made of: float64, in two passes, so that a mean far from 0 costs no digits. */
import { LANES, loadPartial, pairSumsF64, squaresF64, sumLanesF64 } from './vector';

/** Zero in the lanes past `count`, so that they enter no sum. */
@inline
function keepLanes(v: v128, count: i32): v128 {
  return v128.and(v, i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(count)));
}

/** Σ x */
@inline
export function sumOf(n: i32, x: usize): f64 {
  let sum = f64x2.splat(0);
  for (; n >= LANES; n -= LANES) {
    sum = f64x2.add(sum, pairSumsF64(v128.load(x)));
    x += 16;
  }
  if (n > 0) sum = f64x2.add(sum, pairSumsF64(loadPartial(x, n)));
  return sumLanesF64(sum);
}

/** Σ (x − mean)² */
@inline
export function squaresAbout(n: i32, x: usize, mean: f32): f64 {
  const center = f32x4.splat(mean);
  let sum = f64x2.splat(0);
  for (; n >= LANES; n -= LANES) {
    sum = f64x2.add(sum, squaresF64(f32x4.sub(v128.load(x), center)));
    x += 16;
  }
  if (n > 0) sum = f64x2.add(sum, squaresF64(keepLanes(f32x4.sub(loadPartial(x, n), center), n)));
  return sumLanesF64(sum);
}
