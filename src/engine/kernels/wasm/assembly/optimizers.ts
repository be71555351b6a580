/**
 * Penalties and updates over the flat parameter buffer: four elements at a time, each independent of the others. Weights
 * that only decay, and what is made of them, end in 0 and not among the denormals.
 */
import { LANES, SMALLEST_NORMAL, flushDenormals, loadPartial, magnitude, storePartial } from './vector';

/** l2 · w + l1 · sign(w), sign(0) = 0 */
@inline
function penalty(w: v128, l1: v128, l2: v128): v128 {
  const zero = f32x4.splat(0);
  const positive = v128.and(f32x4.gt(w, zero), l1);
  const negative = v128.and(f32x4.lt(w, zero), l1);
  return f32x4.add(f32x4.mul(l2, w), f32x4.sub(positive, negative));
}

export function penalties(n: i32, w: usize, g: usize, l1: f32, l2: f32): void {
  const first = f32x4.splat(l1), second = f32x4.splat(l2);
  for (; n >= LANES; n -= LANES) {
    v128.store(g, flushDenormals(f32x4.add(v128.load(g), penalty(v128.load(w), first, second))));
    w += 16;
    g += 16;
  }
  if (n > 0) {
    storePartial(g, flushDenormals(f32x4.add(loadPartial(g, n), penalty(loadPartial(w, n), first, second))), n);
  }
}

/** w −= lr · g */
export function sgd(n: i32, w: usize, g: usize, learningRate: usize): void {
  const rate = v128.load_splat<f32>(learningRate);
  for (; n >= LANES; n -= LANES) {
    v128.store(w, flushDenormals(f32x4.sub(v128.load(w), f32x4.mul(rate, v128.load(g)))));
    w += 16;
    g += 16;
  }
  if (n > 0) storePartial(w, flushDenormals(f32x4.sub(loadPartial(w, n), f32x4.mul(rate, loadPartial(g, n)))), n);
}

/** v = momentum · v + g; w −= lr · (nesterov ? g + momentum · v : v) */
export function sgdMomentum(
  n: i32, w: usize, g: usize, v: usize, learningRate: usize, momentum: f32, nesterov: i32,
): void {
  const rate = v128.load_splat<f32>(learningRate);
  const keep = f32x4.splat(momentum);
  for (; n >= LANES; n -= LANES) {
    const gradient = v128.load(g);
    const velocity = flushDenormals(f32x4.add(f32x4.mul(keep, v128.load(v)), gradient));
    const direction = nesterov ? f32x4.add(gradient, f32x4.mul(keep, velocity)) : velocity;
    v128.store(v, velocity);
    v128.store(w, flushDenormals(f32x4.sub(v128.load(w), f32x4.mul(rate, direction))));
    w += 16;
    g += 16;
    v += 16;
  }
  if (n > 0) {
    const gradient = loadPartial(g, n);
    const velocity = flushDenormals(f32x4.add(f32x4.mul(keep, loadPartial(v, n)), gradient));
    const direction = nesterov ? f32x4.add(gradient, f32x4.mul(keep, velocity)) : velocity;
    storePartial(v, velocity, n);
    storePartial(w, flushDenormals(f32x4.sub(loadPartial(w, n), f32x4.mul(rate, direction))), n);
  }
}

/** Adam (Kingma & Ba 2015), ε outside the root; hyper is [stepSize, invRootCorrection2]. */
export function adam(
  n: i32, w: usize, g: usize, m: usize, v: usize, hyper: usize, beta1: f64, beta2: f64, epsilon: f32,
): void {
  const stepSize = v128.load_splat<f32>(hyper), correction = v128.load_splat<f32>(hyper, 4);
  const keep1 = f32x4.splat(<f32>beta1), new1 = f32x4.splat(<f32>(1 - beta1));
  const keep2 = f32x4.splat(<f32>beta2), new2 = f32x4.splat(<f32>(1 - beta2));
  const floor = f32x4.splat(epsilon);
  // Below it (1 − β₂)g² is denormal, and counts as 0 without being computed.
  const smallest = f32x4.splat(<f32>Math.sqrt(SMALLEST_NORMAL / (1 - beta2)));
  for (; n >= LANES; n -= LANES) {
    const gradient = v128.load(g);
    const mean = flushDenormals(f32x4.add(f32x4.mul(keep1, v128.load(m)), f32x4.mul(new1, gradient)));
    const counted = v128.andnot(gradient, f32x4.lt(magnitude(gradient), smallest));
    const square = f32x4.mul(f32x4.mul(new2, counted), counted);
    const variance = flushDenormals(f32x4.add(f32x4.mul(keep2, v128.load(v)), square));
    const root = f32x4.add(f32x4.mul(f32x4.sqrt(variance), correction), floor);
    v128.store(m, mean);
    v128.store(v, variance);
    v128.store(w, flushDenormals(f32x4.sub(v128.load(w), f32x4.div(f32x4.mul(stepSize, mean), root))));
    w += 16;
    g += 16;
    m += 16;
    v += 16;
  }
  if (n > 0) {
    const gradient = loadPartial(g, n);
    const mean = flushDenormals(f32x4.add(f32x4.mul(keep1, loadPartial(m, n)), f32x4.mul(new1, gradient)));
    const counted = v128.andnot(gradient, f32x4.lt(magnitude(gradient), smallest));
    const square = f32x4.mul(f32x4.mul(new2, counted), counted);
    const variance = flushDenormals(f32x4.add(f32x4.mul(keep2, loadPartial(v, n)), square));
    const root = f32x4.add(f32x4.mul(f32x4.sqrt(variance), correction), floor);
    storePartial(m, mean, n);
    storePartial(v, variance, n);
    storePartial(w, flushDenormals(f32x4.sub(loadPartial(w, n), f32x4.div(f32x4.mul(stepSize, mean), root))), n);
  }
}
