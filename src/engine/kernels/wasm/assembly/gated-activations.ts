/**
 * Activations of the form x · gate(x): SiLU, GELU and its tanh form. They fall and rise again, so that the output does not
 * tell the derivative gate + x · gate′: forward can save it, and backward is then one multiplication.
 */
import { LANES, expNonPositive, loadPartial, sigmoid4, storePartial } from './vector';

@unmanaged
abstract class Gated {
  /** What gate and slope both need. */
  abstract shared(x: v128): v128;
  abstract gate(x: v128, shared: v128): v128;
  /** The gate's derivative. */
  abstract slope(x: v128, shared: v128, gate: v128): v128;
}

/** gate = σ(x) (Elfwing et al. 2018) */
@unmanaged @final
class Silu extends Gated {
  @inline
  shared(x: v128): v128 {
    return x;
  }
  @inline
  gate(x: v128, shared: v128): v128 {
    return sigmoid4(x);
  }
  /** σ (1 − σ) */
  @inline
  slope(x: v128, shared: v128, gate: v128): v128 {
    return f32x4.mul(gate, f32x4.sub(f32x4.splat(1), gate));
  }
}

// Φ(−|x|) = exp(−x²/2) P(t), t = 1 / (1 + 0.3 |x|); P minimax in the relative error, 6e-8 on |x| ≤ 13.3, where exp ends.
const NORMAL = memory.data<f32>([
  0.3, //              0
  0.3989422804, //     4: 1 / √(2π)
  0.03831153432, //    8: coefficients
  -0.1688412148,
  0.2279879579,
  -0.07573652357,
  0.1420027451,
  0.09491093925,
  0.1218620165,
  0.1194958877,
  6.686125062e-6, //  40
], 16);

/** gate = Φ(x), the standard normal distribution function (Hendrycks & Gimpel 2016) */
@unmanaged @final
class Gelu extends Gated {
  /** exp(−x²/2) */
  @inline
  shared(x: v128): v128 {
    return expNonPositive(f32x4.mul(f32x4.mul(x, x), f32x4.splat(-0.5)));
  }
  @inline
  gate(x: v128, shared: v128): v128 {
    const one = f32x4.splat(1);
    const t = f32x4.div(one, f32x4.add(one, f32x4.mul(f32x4.abs(x), v128.load_splat<f32>(NORMAL))));
    let p = f32x4.add(f32x4.mul(t, v128.load_splat<f32>(NORMAL, 8)), v128.load_splat<f32>(NORMAL, 12));
    p = f32x4.add(f32x4.mul(p, t), v128.load_splat<f32>(NORMAL, 16));
    p = f32x4.add(f32x4.mul(p, t), v128.load_splat<f32>(NORMAL, 20));
    p = f32x4.add(f32x4.mul(p, t), v128.load_splat<f32>(NORMAL, 24));
    p = f32x4.add(f32x4.mul(p, t), v128.load_splat<f32>(NORMAL, 28));
    p = f32x4.add(f32x4.mul(p, t), v128.load_splat<f32>(NORMAL, 32));
    p = f32x4.add(f32x4.mul(p, t), v128.load_splat<f32>(NORMAL, 36));
    p = f32x4.add(f32x4.mul(p, t), v128.load_splat<f32>(NORMAL, 40));
    const tail = f32x4.mul(shared, p);
    return v128.bitselect(tail, f32x4.sub(one, tail), i32x4.shr_s(x, 31));
  }
  /** φ(x) = exp(−x²/2) / √(2π) */
  @inline
  slope(x: v128, shared: v128, gate: v128): v128 {
    return f32x4.mul(shared, v128.load_splat<f32>(NORMAL, 4));
  }
}

const TANH_FORM = memory.data<f32>([
  1.5957691216, //   0: 2 √(2/π)
  0.0713548163, //   4: 0.044715 · 2 √(2/π)
  0.2140644488, //   8: 3 · 0.044715 · 2 √(2/π)
  10.0, //          12: from here on the gate is 0 or 1, and x² must not overflow
  -10.0,
], 16);

/** gate = (1 + tanh u) / 2 = σ(2u), u = √(2/π) (x + 0.044715 x³) */
@unmanaged @final
class GeluTanh extends Gated {
  /** x within ±10 */
  @inline
  shared(x: v128): v128 {
    return f32x4.pmax(f32x4.pmin(x, v128.load_splat<f32>(TANH_FORM, 12)), v128.load_splat<f32>(TANH_FORM, 16));
  }
  @inline
  gate(x: v128, shared: v128): v128 {
    const cubic = f32x4.mul(f32x4.mul(shared, shared), v128.load_splat<f32>(TANH_FORM, 4));
    return sigmoid4(f32x4.mul(shared, f32x4.add(v128.load_splat<f32>(TANH_FORM), cubic)));
  }
  /** gate (1 − gate) · 2u′ */
  @inline
  slope(x: v128, shared: v128, gate: v128): v128 {
    const square = f32x4.mul(f32x4.mul(shared, shared), v128.load_splat<f32>(TANH_FORM, 8));
    const steepness = f32x4.mul(gate, f32x4.sub(f32x4.splat(1), gate));
    return f32x4.mul(steepness, f32x4.add(v128.load_splat<f32>(TANH_FORM), square));
  }
}

@inline
function valueOf<F extends Gated>(x: v128): v128 {
  const f = changetype<F>(0);
  return f32x4.mul(x, f.gate(x, f.shared(x)));
}

/** y = x · gate, derivative = gate + x · slope */
@inline
function storeBoth<F extends Gated>(x: v128, y: usize, derivative: usize): void {
  const f = changetype<F>(0);
  const shared = f.shared(x);
  const gate = f.gate(x, shared);
  v128.store(derivative, f32x4.add(gate, f32x4.mul(x, f.slope(x, shared, gate))));
  v128.store(y, f32x4.mul(x, gate));
}

@inline
function storeBothPartial<F extends Gated>(x: v128, y: usize, derivative: usize, count: i32): void {
  const f = changetype<F>(0);
  const shared = f.shared(x);
  const gate = f.gate(x, shared);
  storePartial(derivative, f32x4.add(gate, f32x4.mul(x, f.slope(x, shared, gate))), count);
  storePartial(y, f32x4.mul(x, gate), count);
}

@inline
function map<F extends Gated>(n: i32, x: usize, y: usize): void {
  for (let blocks = n >> 4; blocks > 0; blocks--) {
    v128.store(y, valueOf<F>(v128.load(x)));
    v128.store(y, valueOf<F>(v128.load(x, 16)), 16);
    v128.store(y, valueOf<F>(v128.load(x, 32)), 32);
    v128.store(y, valueOf<F>(v128.load(x, 48)), 48);
    x += 64;
    y += 64;
  }
  let rest = n & 15;
  for (; rest >= LANES; rest -= LANES) {
    v128.store(y, valueOf<F>(v128.load(x)));
    x += 16;
    y += 16;
  }
  if (rest > 0) storePartial(y, valueOf<F>(loadPartial(x, rest)), rest);
}

@inline
function mapBoth<F extends Gated>(n: i32, x: usize, y: usize, derivative: usize): void {
  for (; n >= LANES; n -= LANES) {
    storeBoth<F>(v128.load(x), y, derivative);
    x += 16;
    y += 16;
    derivative += 16;
  }
  if (n > 0) storeBothPartial<F>(loadPartial(x, n), y, derivative, n);
}

@inline
function mapBias<F extends Gated>(rows: i32, cols: i32, x: usize, bias: usize, y: usize): void {
  const whole = <usize>(cols & ~3) << 2;
  const rest = cols & 3;
  for (let r = 0; r < rows; r++) {
    let at: usize = 0;
    for (; at < whole; at += 16) {
      v128.store(y + at, valueOf<F>(f32x4.add(v128.load(x + at), v128.load(bias + at))));
    }
    if (rest > 0) {
      storePartial(y + at, valueOf<F>(f32x4.add(loadPartial(x + at, rest), loadPartial(bias + at, rest))), rest);
    }
    x += <usize>cols << 2;
    y += <usize>cols << 2;
  }
}

@inline
function mapBiasBoth<F extends Gated>(
  rows: i32, cols: i32, x: usize, bias: usize, y: usize, derivative: usize,
): void {
  const whole = <usize>(cols & ~3) << 2;
  const rest = cols & 3;
  for (let r = 0; r < rows; r++) {
    let at: usize = 0;
    for (; at < whole; at += 16) {
      storeBoth<F>(f32x4.add(v128.load(x + at), v128.load(bias + at)), y + at, derivative + at);
    }
    if (rest > 0) {
      const sum = f32x4.add(loadPartial(x + at, rest), loadPartial(bias + at, rest));
      storeBothPartial<F>(sum, y + at, derivative + at, rest);
    }
    x += <usize>cols << 2;
    y += <usize>cols << 2;
    derivative += <usize>cols << 2;
  }
}

export function silu(n: i32, x: usize, y: usize): void {
  map<Silu>(n, x, y);
}

export function siluWithDerivative(n: i32, x: usize, y: usize, derivative: usize): void {
  mapBoth<Silu>(n, x, y, derivative);
}

export function biasSilu(rows: i32, cols: i32, x: usize, bias: usize, y: usize): void {
  mapBias<Silu>(rows, cols, x, bias, y);
}

export function biasSiluWithDerivative(
  rows: i32, cols: i32, x: usize, bias: usize, y: usize, derivative: usize,
): void {
  mapBiasBoth<Silu>(rows, cols, x, bias, y, derivative);
}

export function gelu(n: i32, x: usize, y: usize): void {
  map<Gelu>(n, x, y);
}

export function geluWithDerivative(n: i32, x: usize, y: usize, derivative: usize): void {
  mapBoth<Gelu>(n, x, y, derivative);
}

export function biasGelu(rows: i32, cols: i32, x: usize, bias: usize, y: usize): void {
  mapBias<Gelu>(rows, cols, x, bias, y);
}

export function biasGeluWithDerivative(
  rows: i32, cols: i32, x: usize, bias: usize, y: usize, derivative: usize,
): void {
  mapBiasBoth<Gelu>(rows, cols, x, bias, y, derivative);
}

export function geluTanh(n: i32, x: usize, y: usize): void {
  map<GeluTanh>(n, x, y);
}

export function geluTanhWithDerivative(n: i32, x: usize, y: usize, derivative: usize): void {
  mapBoth<GeluTanh>(n, x, y, derivative);
}

export function biasGeluTanh(rows: i32, cols: i32, x: usize, bias: usize, y: usize): void {
  mapBias<GeluTanh>(rows, cols, x, bias, y);
}

export function biasGeluTanhWithDerivative(
  rows: i32, cols: i32, x: usize, bias: usize, y: usize, derivative: usize,
): void {
  mapBiasBoth<GeluTanh>(rows, cols, x, bias, y, derivative);
}

/** y = a · b */
export function multiply(n: i32, a: usize, b: usize, y: usize): void {
  for (; n >= LANES; n -= LANES) {
    v128.store(y, f32x4.mul(v128.load(a), v128.load(b)));
    a += 16;
    b += 16;
    y += 16;
  }
  if (n > 0) storePartial(y, f32x4.mul(loadPartial(a, n), loadPartial(b, n)), n);
}
