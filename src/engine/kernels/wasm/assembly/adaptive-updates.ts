/**
 * AdamW, Adagrad and RMSprop over the flat parameter buffer, the clamp of its gradient and the moving average of its
 * weights: four elements at a time, each independent of the others. What decays is kept out of the denormals.
 */
import { LANES, flushDenormals, loadPartial, storePartial } from './vector';

/** w ← w − decay · w − stepSize · m / (√v · invRootCorrection2 + ε); hyper is [stepSize, invRootCorrection2, decay]. */
export function adamw(
  n: i32, w: usize, g: usize, m: usize, v: usize, hyper: usize, beta1: f64, beta2: f64, epsilon: f32,
): void {
  const stepSize = v128.load_splat<f32>(hyper), correction = v128.load_splat<f32>(hyper, 4);
  const decay = v128.load_splat<f32>(hyper, 8);
  const keep1 = f32x4.splat(<f32>beta1), new1 = f32x4.splat(<f32>(1 - beta1));
  const keep2 = f32x4.splat(<f32>beta2), new2 = f32x4.splat(<f32>(1 - beta2));
  const floor = f32x4.splat(epsilon);
  for (; n >= LANES; n -= LANES) {
    const gradient = v128.load(g);
    const mean = flushDenormals(f32x4.add(f32x4.mul(keep1, v128.load(m)), f32x4.mul(new1, gradient)));
    const square = f32x4.mul(f32x4.mul(new2, gradient), gradient);
    const variance = flushDenormals(f32x4.add(f32x4.mul(keep2, v128.load(v)), square));
    const root = f32x4.add(f32x4.mul(f32x4.sqrt(variance), correction), floor);
    const weight = v128.load(w);
    const decayed = f32x4.sub(weight, f32x4.mul(decay, weight));
    v128.store(m, mean);
    v128.store(v, variance);
    v128.store(w, flushDenormals(f32x4.sub(decayed, f32x4.div(f32x4.mul(stepSize, mean), root))));
    w += 16;
    g += 16;
    m += 16;
    v += 16;
  }
  if (n > 0) {
    const gradient = loadPartial(g, n);
    const mean = flushDenormals(f32x4.add(f32x4.mul(keep1, loadPartial(m, n)), f32x4.mul(new1, gradient)));
    const square = f32x4.mul(f32x4.mul(new2, gradient), gradient);
    const variance = flushDenormals(f32x4.add(f32x4.mul(keep2, loadPartial(v, n)), square));
    const root = f32x4.add(f32x4.mul(f32x4.sqrt(variance), correction), floor);
    const weight = loadPartial(w, n);
    const decayed = f32x4.sub(weight, f32x4.mul(decay, weight));
    storePartial(m, mean, n);
    storePartial(v, variance, n);
    storePartial(w, flushDenormals(f32x4.sub(decayed, f32x4.div(f32x4.mul(stepSize, mean), root))), n);
  }
}

/** s += g²; w −= lr · g / (√s + ε) */
export function adagrad(n: i32, w: usize, g: usize, s: usize, learningRate: usize, epsilon: f32): void {
  const rate = v128.load_splat<f32>(learningRate);
  const floor = f32x4.splat(epsilon);
  for (; n > 0; n -= LANES) {
    const whole = n >= LANES;
    const weight = whole ? v128.load(w) : loadPartial(w, n);
    const gradient = whole ? v128.load(g) : loadPartial(g, n);
    const sum = flushDenormals(f32x4.add(whole ? v128.load(s) : loadPartial(s, n), f32x4.mul(gradient, gradient)));
    const step = f32x4.div(f32x4.mul(rate, gradient), f32x4.add(f32x4.sqrt(sum), floor));
    const moved = flushDenormals(f32x4.sub(weight, step));
    if (whole) {
      v128.store(s, sum);
      v128.store(w, moved);
    } else {
      storePartial(s, sum, n);
      storePartial(w, moved, n);
    }
    w += 16;
    g += 16;
    s += 16;
  }
}

/**
 * s ← ρs + (1−ρ)g²; centred, m ← ρm + (1−ρ)g and max(s − m², 0) for s; direction g / (√s + ε); with momentum,
 * v ← μv + direction for it; w −= lr · direction. `mean` and `velocity` are 0 where there is none.
 */
export function rmsprop(
  n: i32, w: usize, g: usize, s: usize, mean: usize, velocity: usize, learningRate: usize,
  decay: f64, momentum: f32, epsilon: f32,
): void {
  const rate = v128.load_splat<f32>(learningRate);
  const keep = f32x4.splat(<f32>decay), fresh = f32x4.splat(<f32>(1 - decay));
  const kept = f32x4.splat(momentum), floor = f32x4.splat(epsilon);
  for (; n > 0; n -= LANES) {
    const whole = n >= LANES;
    const weight = whole ? v128.load(w) : loadPartial(w, n);
    const gradient = whole ? v128.load(g) : loadPartial(g, n);
    const oldSquare = whole ? v128.load(s) : loadPartial(s, n);
    const newSquare = f32x4.mul(f32x4.mul(fresh, gradient), gradient);
    const square = flushDenormals(f32x4.add(f32x4.mul(keep, oldSquare), newSquare));
    if (whole) v128.store(s, square);
    else storePartial(s, square, n);
    let variance = square;
    if (mean != 0) {
      const oldCenter = whole ? v128.load(mean) : loadPartial(mean, n);
      const center = flushDenormals(f32x4.add(f32x4.mul(keep, oldCenter), f32x4.mul(fresh, gradient)));
      if (whole) v128.store(mean, center);
      else storePartial(mean, center, n);
      variance = f32x4.pmax(f32x4.sub(square, f32x4.mul(center, center)), f32x4.splat(0));
      mean += 16;
    }
    let direction = f32x4.div(gradient, f32x4.add(f32x4.sqrt(variance), floor));
    if (velocity != 0) {
      const oldVelocity = whole ? v128.load(velocity) : loadPartial(velocity, n);
      direction = flushDenormals(f32x4.add(f32x4.mul(kept, oldVelocity), direction));
      if (whole) v128.store(velocity, direction);
      else storePartial(velocity, direction, n);
      velocity += 16;
    }
    const moved = flushDenormals(f32x4.sub(weight, f32x4.mul(rate, direction)));
    if (whole) v128.store(w, moved);
    else storePartial(w, moved, n);
    w += 16;
    g += 16;
    s += 16;
  }
}

/** x clamped to ±limit; NaN stays NaN */
export function clamp(n: i32, x: usize, limit: f32): void {
  const above = f32x4.splat(limit), below = f32x4.splat(-limit);
  for (; n >= LANES; n -= LANES) {
    v128.store(x, f32x4.pmax(f32x4.pmin(v128.load(x), above), below));
    x += 16;
  }
  if (n > 0) storePartial(x, f32x4.pmax(f32x4.pmin(loadPartial(x, n), above), below), n);
}

/** average ← decay · average + (1 − decay) · w */
export function movingAverage(n: i32, w: usize, average: usize, decay: f64): void {
  const keep = f32x4.splat(<f32>decay), fresh = f32x4.splat(<f32>(1 - decay));
  for (; n >= LANES; n -= LANES) {
    const sum = f32x4.add(f32x4.mul(keep, v128.load(average)), f32x4.mul(fresh, v128.load(w)));
    v128.store(average, flushDenormals(sum));
    w += 16;
    average += 16;
  }
  if (n > 0) {
    const sum = f32x4.add(f32x4.mul(keep, loadPartial(average, n)), f32x4.mul(fresh, loadPartial(w, n)));
    storePartial(average, flushDenormals(sum), n);
  }
}
