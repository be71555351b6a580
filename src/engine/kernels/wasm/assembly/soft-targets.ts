/** Cross-entropy against a share of each class, as mixed rows have it. */
import { exponentials, rowMax } from './losses';
import { LANES, loadPartial, pairSumsF64, storePartial, sumLanesF64 } from './vector';

/** a = w ((1 − smoothing) t + smoothing / classes), for four classes */
@inline
function sharesOf(w: v128, t: v128, kept: v128, spread: v128): v128 {
  return f32x4.mul(w, f32x4.add(f32x4.mul(kept, t), spread));
}

/** Σ a (log Σ exp(z) − z); d loss/dz = Σ a · softmax(z) − a. `weights` is by class, 0 for all ones. */
export function softCrossEntropy(
  rows: i32, classes: i32, logits: usize, targets: usize, weights: usize, smoothing: f64, dLogits: usize, sum: usize,
): void {
  const rowBytes = <usize>classes << 2;
  const kept = f32x4.splat(<f32>(1 - smoothing)), spread = f32x4.splat(<f32>(smoothing / <f64>classes));
  const ones = f32x4.splat(1);
  const rest = classes & (LANES - 1);
  const whole = <usize>(classes - rest) << 2;
  // Beyond the row every weight is 0, and with it the share.
  const restWeights = rest == 0 ? ones : weights == 0 ? partialOnes(rest) : loadPartial(weights + whole, rest);
  let total: f64 = 0;
  for (let r = 0; r < rows; r++) {
    const largest = rowMax(classes, logits);
    const exponentialSum = exponentials(classes, logits, largest, dLogits);
    const logSum = <f32>(Math.log(exponentialSum) + <f64>largest);
    const top = f32x4.splat(logSum);
    let shares = f64x2.splat(0), losses = f64x2.splat(0);
    for (let at: usize = 0; at < whole; at += 16) {
      const a = sharesOf(weights == 0 ? ones : v128.load(weights + at), v128.load(targets + at), kept, spread);
      shares = f64x2.add(shares, pairSumsF64(a));
      losses = f64x2.add(losses, pairSumsF64(f32x4.mul(a, f32x4.sub(top, v128.load(logits + at)))));
    }
    let restShares = f32x4.splat(0);
    if (rest > 0) {
      restShares = sharesOf(restWeights, loadPartial(targets + whole, rest), kept, spread);
      shares = f64x2.add(shares, pairSumsF64(restShares));
      const terms = f32x4.mul(restShares, f32x4.sub(top, loadPartial(logits + whole, rest, logSum)));
      losses = f64x2.add(losses, pairSumsF64(terms));
    }
    const factor = f32x4.splat(<f32>(sumLanesF64(shares) / <f64>exponentialSum));
    for (let at: usize = 0; at < whole; at += 16) {
      const a = sharesOf(weights == 0 ? ones : v128.load(weights + at), v128.load(targets + at), kept, spread);
      v128.store(dLogits + at, f32x4.sub(f32x4.mul(factor, v128.load(dLogits + at)), a));
    }
    if (rest > 0) {
      const p = f32x4.mul(factor, loadPartial(dLogits + whole, rest));
      storePartial(dLogits + whole, f32x4.sub(p, restShares), rest);
    }
    total += sumLanesF64(losses);
    logits += rowBytes;
    targets += rowBytes;
    dLogits += rowBytes;
  }
  store<f64>(sum, load<f64>(sum) + total);
}

function partialOnes(count: i32): v128 {
  const zero = f32x4.splat(0);
  const first = f32x4.replace_lane(zero, 0, 1);
  const second = count > 1 ? f32x4.replace_lane(first, 1, 1) : first;
  return count > 2 ? f32x4.replace_lane(second, 2, 1) : second;
}
