/**
 * Layer norm: each row by its own mean and deviation. Both come from one pass in float64: of E(x²) − E(x)² it loses less than
 * the rounding of x to float32 has lost before, in any row.
 */
import { add } from './sequences';
import { loadPartial, pairSumsF64, storePartial, sumLanesF64 } from './vector';

/** y = (x − mean) · inverse · γ + β along a row */
export function layerNorm(
  rows: i32, cols: i32, x: usize, gamma: usize, beta: usize, y: usize, mean: usize, inverseDeviation: usize,
  epsilon: f64,
): void {
  const rowBytes = <usize>cols << 2;
  const whole = <usize>(cols & ~3) << 2;
  const rest = cols & 3;
  for (let r = 0; r < rows; r++) {
    let s0 = f64x2.splat(0), s1 = f64x2.splat(0), s2 = f64x2.splat(0), s3 = f64x2.splat(0);
    let q0 = f64x2.splat(0), q1 = f64x2.splat(0), q2 = f64x2.splat(0), q3 = f64x2.splat(0);
    let at: usize = 0;
    for (; at + 32 <= rowBytes; at += 32) {
      const x0 = f64x2.promote_low_f32x4(v128.load64_zero(x + at));
      s0 = f64x2.add(s0, x0);
      q0 = f64x2.add(q0, f64x2.mul(x0, x0));
      const x1 = f64x2.promote_low_f32x4(v128.load64_zero(x + at, 8));
      s1 = f64x2.add(s1, x1);
      q1 = f64x2.add(q1, f64x2.mul(x1, x1));
      const x2 = f64x2.promote_low_f32x4(v128.load64_zero(x + at, 16));
      s2 = f64x2.add(s2, x2);
      q2 = f64x2.add(q2, f64x2.mul(x2, x2));
      const x3 = f64x2.promote_low_f32x4(v128.load64_zero(x + at, 24));
      s3 = f64x2.add(s3, x3);
      q3 = f64x2.add(q3, f64x2.mul(x3, x3));
    }
    for (; at < rowBytes; at += 4) {
      const x0 = f64x2.promote_low_f32x4(v128.load32_zero(x + at));
      s0 = f64x2.add(s0, x0);
      q0 = f64x2.add(q0, f64x2.mul(x0, x0));
    }
    const exactMean = sumLanesF64(f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3))) / <f64>cols;
    const meanSquare = sumLanesF64(f64x2.add(f64x2.add(q0, q1), f64x2.add(q2, q3))) / <f64>cols;
    const center = <f32>exactMean;
    const inverse = <f32>(1 / Math.sqrt(max(meanSquare - exactMean * exactMean, 0) + epsilon));
    store<f32>(mean, center);
    store<f32>(inverseDeviation, inverse);
    const m = f32x4.splat(center), s = f32x4.splat(inverse);
    for (at = 0; at < whole; at += 16) {
      const normal = f32x4.mul(f32x4.sub(v128.load(x + at), m), s);
      v128.store(y + at, f32x4.add(f32x4.mul(normal, v128.load(gamma + at)), v128.load(beta + at)));
    }
    if (rest > 0) {
      const normal = f32x4.mul(f32x4.sub(loadPartial(x + at, rest), m), s);
      const scaled = f32x4.mul(normal, loadPartial(gamma + at, rest));
      storePartial(y + at, f32x4.add(scaled, loadPartial(beta + at, rest)), rest);
    }
    x += rowBytes;
    y += rowBytes;
    mean += 4;
    inverseDeviation += 4;
  }
}

/** Bytes of a row whose sums are float32 in each lane, before they enter float64 ones: eight additions. */
const BLOCK: usize = 128;

/** sum = a + b and its norm: a row is normalised while it stands in the first-level cache */
export function addLayerNorm(
  rows: i32, cols: i32, a: usize, b: usize, sum: usize, gamma: usize, beta: usize, y: usize, mean: usize,
  inverseDeviation: usize, epsilon: f64,
): void {
  const rowBytes = <usize>cols << 2;
  for (let r = 0; r < rows; r++) {
    add(cols, a, b, sum);
    layerNorm(1, cols, sum, gamma, beta, y, mean, inverseDeviation, epsilon);
    a += rowBytes;
    b += rowBytes;
    sum += rowBytes;
    y += rowBytes;
    mean += 4;
    inverseDeviation += 4;
  }
}

/** With g = γ dy and means over the columns: dx = (g − mean(g) − x̂ mean(g x̂)) · inverse; dγ += dy x̂, dβ += dy */
export function layerNormBackward(
  rows: i32, cols: i32, x: usize, gamma: usize, mean: usize, inverseDeviation: usize, dy: usize, dx: usize,
  dGamma: usize, dBeta: usize,
): void {
  const rowBytes = <usize>cols << 2;
  const whole = <usize>(cols & ~3) << 2;
  const rest = cols & 3;
  for (let r = 0; r < rows; r++) {
    const m = v128.load_splat<f32>(mean), s = v128.load_splat<f32>(inverseDeviation);
    let sumG = f64x2.splat(0), sumGX = f64x2.splat(0);
    let at: usize = 0;
    while (at < whole) {
      let blockG = f32x4.splat(0), blockGX = f32x4.splat(0);
      for (const end = min(at + BLOCK, whole); at < end; at += 16) {
        const normal = f32x4.mul(f32x4.sub(v128.load(x + at), m), s);
        const upstream = v128.load(dy + at);
        const g = f32x4.mul(upstream, v128.load(gamma + at));
        blockG = f32x4.add(blockG, g);
        blockGX = f32x4.add(blockGX, f32x4.mul(g, normal));
        v128.store(dGamma + at, f32x4.add(v128.load(dGamma + at), f32x4.mul(upstream, normal)));
        v128.store(dBeta + at, f32x4.add(v128.load(dBeta + at), upstream));
      }
      sumG = f64x2.add(sumG, pairSumsF64(blockG));
      sumGX = f64x2.add(sumGX, pairSumsF64(blockGX));
    }
    if (rest > 0) {
      const normal = f32x4.mul(f32x4.sub(loadPartial(x + at, rest), m), s);
      const upstream = loadPartial(dy + at, rest);
      const g = f32x4.mul(upstream, loadPartial(gamma + at, rest));
      sumG = f64x2.add(sumG, pairSumsF64(g));
      sumGX = f64x2.add(sumGX, pairSumsF64(f32x4.mul(g, normal)));
      storePartial(dGamma + at, f32x4.add(loadPartial(dGamma + at, rest), f32x4.mul(upstream, normal)), rest);
      storePartial(dBeta + at, f32x4.add(loadPartial(dBeta + at, rest), upstream), rest);
    }
    const meanG = f32x4.splat(<f32>(sumLanesF64(sumG) / <f64>cols));
    const meanGX = f32x4.splat(<f32>(sumLanesF64(sumGX) / <f64>cols));
    for (at = 0; at < whole; at += 16) {
      const normal = f32x4.mul(f32x4.sub(v128.load(x + at), m), s);
      const g = f32x4.mul(v128.load(dy + at), v128.load(gamma + at));
      v128.store(dx + at, f32x4.mul(f32x4.sub(f32x4.sub(g, meanG), f32x4.mul(normal, meanGX)), s));
    }
    if (rest > 0) {
      const normal = f32x4.mul(f32x4.sub(loadPartial(x + at, rest), m), s);
      const g = f32x4.mul(loadPartial(dy + at, rest), loadPartial(gamma + at, rest));
      storePartial(dx + at, f32x4.mul(f32x4.sub(f32x4.sub(g, meanG), f32x4.mul(normal, meanGX)), s), rest);
    }
    x += rowBytes;
    dy += rowBytes;
    dx += rowBytes;
    mean += 4;
    inverseDeviation += 4;
  }
}
