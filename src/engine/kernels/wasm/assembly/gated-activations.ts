/**
 * Activations of the form x · gate(x): SiLU, GELU and its tanh form. They fall and rise again, so that the output does not
 * tell the derivative gate + x · gate′: forward can save it, and backward is then one multiplication.
 */
import { LANES, loadPartial, magnitude, sigmoid4, storePartial } from './vector';

@unmanaged
abstract class Gated {
  // What value and derivative are both made of, in two steps.
  abstract first(x: v128): v128;
  abstract second(x: v128, first: v128): v128;
  /** x · gate */
  abstract value(x: v128, first: v128, second: v128): v128;
  /** gate + x · gate′, given y = x · gate */
  abstract derivative(x: v128, first: v128, second: v128, y: v128): v128;
}

/** gate = σ(x) (Elfwing et al. 2018) */
@unmanaged @final
class Silu extends Gated {
  @inline
  first(x: v128): v128 {
    return sigmoid4(x);
  }
  @inline
  second(x: v128, gate: v128): v128 {
    return gate;
  }
  @inline
  value(x: v128, gate: v128, same: v128): v128 {
    return f32x4.mul(x, gate);
  }
  /** σ + x σ (1 − σ) = σ + y (1 − σ) */
  @inline
  derivative(x: v128, gate: v128, same: v128, y: v128): v128 {
    return f32x4.add(gate, f32x4.mul(y, f32x4.sub(f32x4.splat(1), gate)));
  }
}

// Minimax in the relative error, 8e-8 and 6e-8 (1 + x²/2), then moved by single ulps to where rounding costs least.
const NORMAL = memory.data<f32>([
  13.1, //          0: from here on Φ(−|x|) counts as Φ(−13.1), and φ stays normal
  -0.72134752, //   4: −1 / (2 ln 2)
  12582912.0, //    8: 1.5 · 2²³: adding it rounds to an integer, which then stands in the low bits
  0.398942322, //  12: 2ʳ / √(2π) on |r| ≤ ½
  0.276525617,
  0.0958342031,
  0.0221441612,
  0.00385997887,
  0.000529655314,
  34.8907623, //   36: Mills' ratio, numerator
  23.8247032,
  7.52737093,
  0.999657393,
  27.8388042, //   52: denominator; the coefficient of x⁴ is 1
  41.2214203,
  24.9774914,
  7.51618099,
  0.5, //          68
], 16);
const SIGN_BIT = memory.data<u32>([0x80000000], 16);

/** |x|, at most 13.1; NaN stays NaN */
@inline
function bounded(x: v128): v128 {
  return f32x4.pmin(magnitude(x), v128.load_splat<f32>(NORMAL));
}

/**
 * gate = Φ(x), the standard normal distribution function (Hendrycks & Gimpel 2016). Φ(−|x|) = φ M, of the density φ and
 * Mills' ratio M, which is nearly rational: no tail loses its digits in a difference from 1.
 */
@unmanaged @final
class Gelu extends Gated {
  /** φ(x) = exp(−x²/2) / √(2π) = 2ⁿ 2ʳ / √(2π), n an integer */
  @inline
  first(x: v128): v128 {
    const a = bounded(x);
    const power = f32x4.mul(f32x4.mul(a, a), v128.load_splat<f32>(NORMAL, 4));
    const shifted = f32x4.add(power, v128.load_splat<f32>(NORMAL, 8));
    const r = f32x4.sub(power, f32x4.sub(shifted, v128.load_splat<f32>(NORMAL, 8)));
    let p = f32x4.add(f32x4.mul(r, v128.load_splat<f32>(NORMAL, 32)), v128.load_splat<f32>(NORMAL, 28));
    p = f32x4.add(f32x4.mul(p, r), v128.load_splat<f32>(NORMAL, 24));
    p = f32x4.add(f32x4.mul(p, r), v128.load_splat<f32>(NORMAL, 20));
    p = f32x4.add(f32x4.mul(p, r), v128.load_splat<f32>(NORMAL, 16));
    p = f32x4.add(f32x4.mul(p, r), v128.load_splat<f32>(NORMAL, 12));
    return i32x4.add(p, i32x4.shl(shifted, 23));
  }
  /** M = Φ(−|x|) / φ(x) */
  @inline
  second(x: v128, density: v128): v128 {
    const a = bounded(x);
    let n = f32x4.add(f32x4.mul(a, v128.load_splat<f32>(NORMAL, 48)), v128.load_splat<f32>(NORMAL, 44));
    n = f32x4.add(f32x4.mul(n, a), v128.load_splat<f32>(NORMAL, 40));
    n = f32x4.add(f32x4.mul(n, a), v128.load_splat<f32>(NORMAL, 36));
    let d = f32x4.add(a, v128.load_splat<f32>(NORMAL, 64));
    d = f32x4.add(f32x4.mul(d, a), v128.load_splat<f32>(NORMAL, 60));
    d = f32x4.add(f32x4.mul(d, a), v128.load_splat<f32>(NORMAL, 56));
    d = f32x4.add(f32x4.mul(d, a), v128.load_splat<f32>(NORMAL, 52));
    return f32x4.div(n, d);
  }
  /** max(x, 0) − |x| Φ(−|x|) */
  @inline
  value(x: v128, density: v128, mills: v128): v128 {
    const tail = f32x4.mul(bounded(x), f32x4.mul(density, mills));
    return f32x4.sub(f32x4.pmax(x, f32x4.splat(0)), tail);
  }
  /** Φ(x) + x φ(x), about its value ½ at 0 an odd function: ½ ± (½ − φ (M − |x|)) */
  @inline
  derivative(x: v128, density: v128, mills: v128, y: v128): v128 {
    const half = v128.load_splat<f32>(NORMAL, 68);
    const away = f32x4.sub(half, f32x4.mul(density, f32x4.sub(mills, bounded(x))));
    return f32x4.add(half, v128.xor(away, v128.and(x, v128.load_splat<u32>(SIGN_BIT))));
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
  first(x: v128): v128 {
    return f32x4.pmax(f32x4.pmin(x, v128.load_splat<f32>(TANH_FORM, 12)), v128.load_splat<f32>(TANH_FORM, 16));
  }
  /** the gate */
  @inline
  second(x: v128, bounded: v128): v128 {
    const cubic = f32x4.mul(f32x4.mul(bounded, bounded), v128.load_splat<f32>(TANH_FORM, 4));
    return sigmoid4(f32x4.mul(bounded, f32x4.add(v128.load_splat<f32>(TANH_FORM), cubic)));
  }
  @inline
  value(x: v128, bounded: v128, gate: v128): v128 {
    return f32x4.mul(x, gate);
  }
  /** gate + y (1 − gate) · 2u′ */
  @inline
  derivative(x: v128, bounded: v128, gate: v128, y: v128): v128 {
    const square = f32x4.mul(f32x4.mul(bounded, bounded), v128.load_splat<f32>(TANH_FORM, 8));
    const steepness = f32x4.mul(y, f32x4.sub(f32x4.splat(1), gate));
    return f32x4.add(gate, f32x4.mul(steepness, f32x4.add(v128.load_splat<f32>(TANH_FORM), square)));
  }
}

@inline
function valueOf<F extends Gated>(x: v128): v128 {
  const f = changetype<F>(0);
  const first = f.first(x);
  return f.value(x, first, f.second(x, first));
}

/** y = f(x), derivative = f′(x) */
@inline
function storeBoth<F extends Gated>(x: v128, y: usize, derivative: usize): void {
  const f = changetype<F>(0);
  const first = f.first(x);
  const second = f.second(x, first);
  const value = f.value(x, first, second);
  v128.store(derivative, f.derivative(x, first, second, value));
  v128.store(y, value);
}

@inline
function storeBothPartial<F extends Gated>(x: v128, y: usize, derivative: usize, count: i32): void {
  const f = changetype<F>(0);
  const first = f.first(x);
  const second = f.second(x, first);
  const value = f.value(x, first, second);
  storePartial(derivative, f.derivative(x, first, second, value), count);
  storePartial(y, value, count);
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
  const rest = cols & 3;
  for (let r = 0; r < rows; r++) {
    let shift = bias;
    for (let left = cols; left >= LANES; left -= LANES) {
      v128.store(y, valueOf<F>(f32x4.add(v128.load(x), v128.load(shift))));
      x += 16;
      y += 16;
      shift += 16;
    }
    if (rest > 0) {
      storePartial(y, valueOf<F>(f32x4.add(loadPartial(x, rest), loadPartial(shift, rest))), rest);
      x += <usize>rest << 2;
      y += <usize>rest << 2;
    }
  }
}

@inline
function mapBiasBoth<F extends Gated>(
  rows: i32, cols: i32, x: usize, bias: usize, y: usize, derivative: usize,
): void {
  const rest = cols & 3;
  for (let r = 0; r < rows; r++) {
    let shift = bias;
    for (let left = cols; left >= LANES; left -= LANES) {
      storeBoth<F>(f32x4.add(v128.load(x), v128.load(shift)), y, derivative);
      x += 16;
      y += 16;
      derivative += 16;
      shift += 16;
    }
    if (rest > 0) {
      storeBothPartial<F>(f32x4.add(loadPartial(x, rest), loadPartial(shift, rest)), y, derivative, rest);
      x += <usize>rest << 2;
      y += <usize>rest << 2;
      derivative += <usize>rest << 2;
    }
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
