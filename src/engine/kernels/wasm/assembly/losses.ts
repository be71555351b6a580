/**
 * Losses with their gradients, and softmax. No exponent is ever positive, so logits of any finite size are safe. Losses
 * are summed in float64, row by row; a row of any length goes through whole vectors and one partial vector.
 */
import {
  LANES, expNonPositive, loadPartial, log1pUnit, pairSumsF64, sigmoid4, squaresF64, storePartial, sumLanes, sumLanesF64,
} from './vector';

/** Largest of a row; NaN elements do not count (they come back through the exponentials). */
@inline
export function rowMax(cols: i32, z: usize): f32 {
  let largest = f32x4.splat(-Infinity);
  let c = 0;
  for (; c + LANES <= cols; c += LANES) {
    largest = f32x4.pmax(largest, v128.load(z));
    z += 16;
  }
  if (c < cols) largest = f32x4.pmax(largest, loadPartial(z, cols - c, -Infinity));
  largest = f32x4.pmax(largest, v128.shuffle<f64>(largest, largest, 1, 0));
  return max(f32x4.extract_lane(largest, 0), f32x4.extract_lane(largest, 1));
}

/** `p = exp(z − largest)`; returns its sum. */
@inline
export function exponentials(cols: i32, z: usize, largest: f32, p: usize): f32 {
  const shift = f32x4.splat(largest);
  let sum = f32x4.splat(0);
  let c = 0;
  for (; c + LANES <= cols; c += LANES) {
    const e = expNonPositive(f32x4.sub(v128.load(z), shift));
    v128.store(p, e);
    sum = f32x4.add(sum, e);
    z += 16;
    p += 16;
  }
  if (c < cols) {
    const e = expNonPositive(f32x4.sub(loadPartial(z, cols - c, -Infinity), shift));
    storePartial(p, e, cols - c);
    sum = f32x4.add(sum, e);
  }
  return sumLanes(sum);
}

@inline
function scaleRow(cols: i32, x: usize, factor: f32): void {
  const four = f32x4.splat(factor);
  let c = 0;
  for (; c + LANES <= cols; c += LANES) {
    v128.store(x, f32x4.mul(v128.load(x), four));
    x += 16;
  }
  if (c < cols) storePartial(x, f32x4.mul(loadPartial(x, cols - c), four), cols - c);
}

@inline
function rowWeight(weights: usize, row: i32): f32 {
  return weights == 0 ? 1 : load<f32>(weights + (<usize>row << 2));
}

export function softmax(rows: i32, cols: i32, z: usize, p: usize): void {
  for (let r = 0; r < rows; r++) {
    const sum = exponentials(cols, z, rowMax(cols, z), p);
    scaleRow(cols, p, 1 / sum);
    z += <usize>cols << 2;
    p += <usize>cols << 2;
  }
}

/** dx = y ∘ (dy − Σ dy y) along a row */
export function softmaxBackward(rows: i32, cols: i32, y: usize, dy: usize, dx: usize): void {
  const rest = cols & 3;
  const whole = <usize>(cols & ~3) << 2;
  for (let r = 0; r < rows; r++) {
    let sum = f64x2.splat(0);
    let at: usize = 0;
    for (; at < whole; at += 16) sum = f64x2.add(sum, pairSumsF64(f32x4.mul(v128.load(dy + at), v128.load(y + at))));
    if (rest > 0) sum = f64x2.add(sum, pairSumsF64(f32x4.mul(loadPartial(dy + at, rest), loadPartial(y + at, rest))));
    const dot = f32x4.splat(<f32>sumLanesF64(sum));
    for (at = 0; at < whole; at += 16) {
      v128.store(dx + at, f32x4.mul(v128.load(y + at), f32x4.sub(v128.load(dy + at), dot)));
    }
    if (rest > 0) {
      storePartial(dx + at, f32x4.mul(loadPartial(y + at, rest), f32x4.sub(loadPartial(dy + at, rest), dot)), rest);
    }
    y += <usize>cols << 2;
    dy += <usize>cols << 2;
    dx += <usize>cols << 2;
  }
}

/** loss = log Σ exp(z) − z[target]; d loss/dz = softmax(z) − onehot */
export function softmaxCrossEntropy(
  rows: i32, classes: i32, logits: usize, targets: usize, weights: usize, dLogits: usize, sum: usize,
): void {
  let total: f64 = 0;
  for (let r = 0; r < rows; r++) {
    const weight = rowWeight(weights, r);
    const index = load<i32>(targets + (<usize>r << 2));
    if (index < 0) {
      memory.fill(dLogits, 0, <usize>classes << 2);
      logits += <usize>classes << 2;
      dLogits += <usize>classes << 2;
      continue;
    }
    const target = <usize>index << 2;
    const largest = rowMax(classes, logits);
    const atTarget = load<f32>(logits + target);
    const exponentialSum = exponentials(classes, logits, largest, dLogits);
    total += <f64>weight * (Math.log(exponentialSum) + (<f64>largest - atTarget));
    scaleRow(classes, dLogits, weight / exponentialSum);
    store<f32>(dLogits + target, load<f32>(dLogits + target) - weight);
    logits += <usize>classes << 2;
    dLogits += <usize>classes << 2;
  }
  store<f64>(sum, load<f64>(sum) + total);
}

/**
 * Σ a (log Σ exp(z) − z), a = w ((1 − smoothing) onehot + smoothing / classes); d loss/dz = Σ a · softmax(z) − a.
 * `weights` is by class, 0 for all ones.
 */
export function smoothedCrossEntropy(
  rows: i32, classes: i32, logits: usize, targets: usize, weights: usize, smoothing: f64, dLogits: usize, sum: usize,
): void {
  const rowBytes = <usize>classes << 2;
  const share = <f32>(smoothing / <f64>classes);
  const shares = f32x4.splat(share), one = f32x4.splat(1);
  let weightSum: f64 = 0;
  for (let c = 0; c < classes; c++) weightSum += rowWeight(weights, c);
  let total: f64 = 0;
  for (let r = 0; r < rows; r++, logits += rowBytes, dLogits += rowBytes) {
    const index = load<i32>(targets + (<usize>r << 2));
    if (index < 0) {
      memory.fill(dLogits, 0, rowBytes);
      continue;
    }
    const target = <usize>index << 2;
    const largest = rowMax(classes, logits);
    const exponentialSum = exponentials(classes, logits, largest, dLogits);
    const logSum = <f32>(Math.log(exponentialSum) + <f64>largest);
    const atTarget = rowWeight(weights, index) * <f32>(1 - smoothing);
    const factor = f32x4.splat(<f32>(<f64>share * weightSum + atTarget) / exponentialSum);
    const top = f32x4.splat(logSum);
    let spread = f64x2.splat(0);
    let at: usize = 0;
    const whole = <usize>(classes & ~3) << 2;
    for (; at < whole; at += 16) {
      const a = f32x4.mul(shares, weights == 0 ? one : v128.load(weights + at));
      spread = f64x2.add(spread, pairSumsF64(f32x4.mul(a, f32x4.sub(top, v128.load(logits + at)))));
      v128.store(dLogits + at, f32x4.sub(f32x4.mul(factor, v128.load(dLogits + at)), a));
    }
    const rest = classes & 3;
    if (rest > 0) {
      const a = f32x4.mul(shares, weights == 0 ? one : loadPartial(weights + at, rest));
      const terms = f32x4.mul(a, f32x4.sub(top, loadPartial(logits + at, rest, logSum)));
      spread = f64x2.add(spread, pairSumsF64(terms));
      storePartial(dLogits + at, f32x4.sub(f32x4.mul(factor, loadPartial(dLogits + at, rest)), a), rest);
    }
    total += sumLanesF64(spread) + <f64>atTarget * (<f64>logSum - load<f32>(logits + target));
    store<f32>(dLogits + target, load<f32>(dLogits + target) - atTarget);
  }
  store<f64>(sum, load<f64>(sum) + total);
}

/** max(z, 0) − z·t + log(1 + exp(−|z|)) */
@inline
function sigmoidLoss(z: v128, t: v128): v128 {
  const zero = f32x4.splat(0);
  const tail = log1pUnit(expNonPositive(f32x4.neg(f32x4.abs(z))));
  return f32x4.add(f32x4.sub(f32x4.pmax(z, zero), f32x4.mul(z, t)), tail);
}

/** Mean over the columns; d loss/dz = (σ(z) − t) / cols */
export function sigmoidCrossEntropy(
  rows: i32, cols: i32, logits: usize, targets: usize, weights: usize, dLogits: usize, sum: usize,
): void {
  let total: f64 = 0;
  for (let r = 0; r < rows; r++) {
    const weight = rowWeight(weights, r) / <f32>cols;
    const four = f32x4.splat(weight);
    let rowTotal = f64x2.splat(0);
    let c = 0;
    for (; c + LANES <= cols; c += LANES) {
      const z = v128.load(logits), t = v128.load(targets);
      rowTotal = f64x2.add(rowTotal, pairSumsF64(sigmoidLoss(z, t)));
      v128.store(dLogits, f32x4.mul(four, f32x4.sub(sigmoid4(z), t)));
      logits += 16;
      targets += 16;
      dLogits += 16;
    }
    const rest = cols - c;
    if (rest > 0) {
      // A padding of −∞ with target 0 would lose 0 · ∞ = NaN; −1000 loses exactly 0.
      const z = loadPartial(logits, rest, -1000), t = loadPartial(targets, rest);
      rowTotal = f64x2.add(rowTotal, pairSumsF64(sigmoidLoss(z, t)));
      storePartial(dLogits, f32x4.mul(four, f32x4.sub(sigmoid4(z), t)), rest);
      logits += <usize>rest << 2;
      targets += <usize>rest << 2;
      dLogits += <usize>rest << 2;
    }
    total += <f64>weight * sumLanesF64(rowTotal);
  }
  store<f64>(sum, load<f64>(sum) + total);
}

/** Mean over the columns of (p − t)²; d loss/dp = 2 (p − t) / cols */
export function squaredError(
  rows: i32, cols: i32, prediction: usize, targets: usize, weights: usize, dPrediction: usize, sum: usize,
): void {
  let total: f64 = 0;
  for (let r = 0; r < rows; r++) {
    const weight = rowWeight(weights, r) / <f32>cols;
    const twice = f32x4.splat(2 * weight);
    let rowTotal = f64x2.splat(0);
    let c = 0;
    for (; c + LANES <= cols; c += LANES) {
      const error = f32x4.sub(v128.load(prediction), v128.load(targets));
      rowTotal = f64x2.add(rowTotal, squaresF64(error));
      v128.store(dPrediction, f32x4.mul(twice, error));
      prediction += 16;
      targets += 16;
      dPrediction += 16;
    }
    const rest = cols - c;
    if (rest > 0) {
      const error = f32x4.sub(loadPartial(prediction, rest), loadPartial(targets, rest));
      rowTotal = f64x2.add(rowTotal, squaresF64(error));
      storePartial(dPrediction, f32x4.mul(twice, error), rest);
      prediction += <usize>rest << 2;
      targets += <usize>rest << 2;
      dPrediction += <usize>rest << 2;
    }
    total += <f64>weight * sumLanesF64(rowTotal);
  }
  store<f64>(sum, load<f64>(sum) + total);
}

/** y = x − log Σ exp(x) along a row; y is another buffer than x */
export function logSoftmax(rows: i32, cols: i32, x: usize, y: usize): void {
  const rest = cols & 3;
  const whole = <usize>(cols & ~3) << 2;
  for (let r = 0; r < rows; r++) {
    const largest = rowMax(cols, x);
    const logSum = f32x4.splat(<f32>Math.log(exponentials(cols, x, largest, y)));
    const shift = f32x4.splat(largest);
    let at: usize = 0;
    for (; at < whole; at += 16) v128.store(y + at, f32x4.sub(f32x4.sub(v128.load(x + at), shift), logSum));
    if (rest > 0) storePartial(y + at, f32x4.sub(f32x4.sub(loadPartial(x + at, rest), shift), logSum), rest);
    x += <usize>cols << 2;
    y += <usize>cols << 2;
  }
}

/** dx = dy − exp(y) Σ dy along a row */
export function logSoftmaxBackward(rows: i32, cols: i32, y: usize, dy: usize, dx: usize): void {
  const rest = cols & 3;
  const whole = <usize>(cols & ~3) << 2;
  for (let r = 0; r < rows; r++) {
    let sum = f64x2.splat(0);
    let at: usize = 0;
    for (; at < whole; at += 16) sum = f64x2.add(sum, pairSumsF64(v128.load(dy + at)));
    if (rest > 0) sum = f64x2.add(sum, pairSumsF64(loadPartial(dy + at, rest)));
    const total = f32x4.splat(<f32>sumLanesF64(sum));
    for (at = 0; at < whole; at += 16) {
      v128.store(dx + at, f32x4.sub(v128.load(dy + at), f32x4.mul(expNonPositive(v128.load(y + at)), total)));
    }
    if (rest > 0) {
      const share = f32x4.mul(expNonPositive(loadPartial(y + at, rest)), total);
      storePartial(dx + at, f32x4.sub(loadPartial(dy + at, rest), share), rest);
    }
    y += <usize>cols << 2;
    dy += <usize>cols << 2;
    dx += <usize>cols << 2;
  }
}

/** Logarithms of probabilities end here, as PyTorch has it. */
const LEAST_LOG: f64 = -100;

/** −w (t log p + (1 − t) log(1 − p)) / cols; d loss/dp = w (p − t) / (p (1 − p)) / cols */
export function binaryCrossEntropy(
  rows: i32, cols: i32, prediction: usize, targets: usize, weights: usize, dPrediction: usize, sum: usize,
): void {
  let total: f64 = 0;
  for (let r = 0; r < rows; r++) {
    const weight = <f64>rowWeight(weights, r) / <f64>cols;
    for (let c = 0; c < cols; c++) {
      const p = <f64>load<f32>(prediction), t = <f64>load<f32>(targets);
      const likelihood = t * max<f64>(Math.log(p), LEAST_LOG) + (1 - t) * max<f64>(Math.log(1 - p), LEAST_LOG);
      total -= weight * likelihood;
      store<f32>(dPrediction, <f32>((weight * (p - t)) / max<f64>(p * (1 - p), 1e-12)));
      prediction += 4;
      targets += 4;
      dPrediction += 4;
    }
  }
  store<f64>(sum, load<f64>(sum) + total);
}
