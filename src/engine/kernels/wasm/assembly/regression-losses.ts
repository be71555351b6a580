/** Losses of single errors p − t: absolute and Huber's. Sums are float64, row by row; the loss is the mean over columns. */
import { LANES, loadPartial, pairSumsF64, storePartial, sumLanesF64 } from './vector';

@unmanaged
abstract class ErrorLoss {
  abstract loss(error: v128, delta: v128): v128;
  abstract gradient(error: v128, delta: v128): v128;
}

@unmanaged @final
class Absolute extends ErrorLoss {
  @inline
  loss(error: v128, delta: v128): v128 {
    return f32x4.abs(error);
  }
  /** sign(e), sign(0) = 0; NaN stays NaN */
  @inline
  gradient(error: v128, delta: v128): v128 {
    const zero = f32x4.splat(0);
    const sign = v128.or(v128.and(error, f32x4.splat(-0.0)), f32x4.splat(1));
    const isNumber = f32x4.ne(error, zero);
    return v128.bitselect(error, v128.and(sign, isNumber), f32x4.ne(error, error));
  }
}

@unmanaged @final
class Huber extends ErrorLoss {
  /** c (|e| − c/2), c = min(|e|, δ) */
  @inline
  loss(error: v128, delta: v128): v128 {
    const size = f32x4.abs(error);
    const bounded = f32x4.pmin(size, delta);
    return f32x4.mul(bounded, f32x4.sub(size, f32x4.mul(bounded, f32x4.splat(0.5))));
  }
  /** e clamped to ±δ */
  @inline
  gradient(error: v128, delta: v128): v128 {
    return f32x4.pmax(f32x4.pmin(error, delta), f32x4.neg(delta));
  }
}

@inline
function sumErrors<F extends ErrorLoss>(
  rows: i32, cols: i32, prediction: usize, targets: usize, dPrediction: usize, sum: usize, parameter: f32,
): void {
  const f = changetype<F>(0);
  const delta = f32x4.splat(parameter);
  const share: f32 = 1 / <f32>cols;
  const four = f32x4.splat(share);
  let total: f64 = 0;
  for (let r = 0; r < rows; r++) {
    let rowTotal = f64x2.splat(0);
    let c = 0;
    for (; c + LANES <= cols; c += LANES) {
      const error = f32x4.sub(v128.load(prediction), v128.load(targets));
      rowTotal = f64x2.add(rowTotal, pairSumsF64(f.loss(error, delta)));
      v128.store(dPrediction, f32x4.mul(four, f.gradient(error, delta)));
      prediction += 16;
      targets += 16;
      dPrediction += 16;
    }
    const rest = cols - c;
    if (rest > 0) {
      const error = f32x4.sub(loadPartial(prediction, rest), loadPartial(targets, rest));
      rowTotal = f64x2.add(rowTotal, pairSumsF64(f.loss(error, delta)));
      storePartial(dPrediction, f32x4.mul(four, f.gradient(error, delta)), rest);
      prediction += <usize>rest << 2;
      targets += <usize>rest << 2;
      dPrediction += <usize>rest << 2;
    }
    total += sumLanesF64(rowTotal) / <f64>cols;
  }
  store<f64>(sum, load<f64>(sum) + total);
}

export function absoluteError(
  rows: i32, cols: i32, prediction: usize, targets: usize, dPrediction: usize, sum: usize,
): void {
  sumErrors<Absolute>(rows, cols, prediction, targets, dPrediction, sum, 0);
}

export function huberError(
  rows: i32, cols: i32, prediction: usize, targets: usize, dPrediction: usize, sum: usize, delta: f32,
): void {
  sumErrors<Huber>(rows, cols, prediction, targets, dPrediction, sum, delta);
}

/** y = scale · x + shift */
export function affine(n: i32, x: usize, y: usize, scale: f32, shift: f32): void {
  const factor = f32x4.splat(scale), offset = f32x4.splat(shift);
  for (; n >= LANES; n -= LANES) {
    v128.store(y, f32x4.add(f32x4.mul(v128.load(x), factor), offset));
    x += 16;
    y += 16;
  }
  if (n > 0) storePartial(y, f32x4.add(f32x4.mul(loadPartial(x, n), factor), offset), n);
}
