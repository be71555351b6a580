/** Layer norm: each row by its own mean and deviation. */
import { squaresAbout, sumOf } from './moments';
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
    const center = <f32>(sumOf(cols, x) / <f64>cols);
    const inverse = <f32>(1 / Math.sqrt(squaresAbout(cols, x, center) / <f64>cols + epsilon));
    store<f32>(mean, center);
    store<f32>(inverseDeviation, inverse);
    const m = f32x4.splat(center), s = f32x4.splat(inverse);
    let at: usize = 0;
    for (; at < whole; at += 16) {
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
    for (; at < whole; at += 16) {
      const normal = f32x4.mul(f32x4.sub(v128.load(x + at), m), s);
      const upstream = v128.load(dy + at);
      const g = f32x4.mul(upstream, v128.load(gamma + at));
      sumG = f64x2.add(sumG, pairSumsF64(g));
      sumGX = f64x2.add(sumGX, pairSumsF64(f32x4.mul(g, normal)));
      v128.store(dGamma + at, f32x4.add(v128.load(dGamma + at), f32x4.mul(upstream, normal)));
      v128.store(dBeta + at, f32x4.add(v128.load(dBeta + at), upstream));
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
    at = 0;
    for (; at < whole; at += 16) {
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
