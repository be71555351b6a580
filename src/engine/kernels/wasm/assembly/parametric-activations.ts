/**
 * Activations with a constant for their negative side (leaky ReLU, ELU), and softplus, which has none. As in
 * activations.ts, a class without fields names the function that is compiled into the loops.
 */
import {
  LANES, expNonPositive, expm1NonPositive, loadPartial, log1pUnit, storePartial,
} from './vector';

@unmanaged
abstract class ParametricActivation {
  /** f(x), of a parameter p */
  abstract forward(x: v128, p: v128): v128;
  /** dy · f′, by the output y */
  abstract backward(y: v128, dy: v128, p: v128): v128;
}

@unmanaged @final
class LeakyRelu extends ParametricActivation {
  @inline
  forward(x: v128, slope: v128): v128 {
    return v128.bitselect(x, f32x4.mul(slope, x), f32x4.gt(x, f32x4.splat(0)));
  }
  /** dx where y > 0, else slope dx */
  @inline
  backward(y: v128, dy: v128, slope: v128): v128 {
    return v128.bitselect(dy, f32x4.mul(slope, dy), f32x4.gt(y, f32x4.splat(0)));
  }
}

@unmanaged @final
class Elu extends ParametricActivation {
  @inline
  forward(x: v128, alpha: v128): v128 {
    const negative = f32x4.mul(alpha, expm1NonPositive(f32x4.pmin(x, f32x4.splat(0))));
    return v128.bitselect(x, negative, f32x4.gt(x, f32x4.splat(0)));
  }
  /** dx where y > 0, else α eˣ dx = (y + α) dx */
  @inline
  backward(y: v128, dy: v128, alpha: v128): v128 {
    return v128.bitselect(dy, f32x4.mul(dy, f32x4.add(y, alpha)), f32x4.gt(y, f32x4.splat(0)));
  }
}

@unmanaged @final
class Softplus extends ParametricActivation {
  /** max(x, 0) + log(1 + exp(−|x|)) */
  @inline
  forward(x: v128, none: v128): v128 {
    const tail = log1pUnit(expNonPositive(f32x4.neg(f32x4.abs(x))));
    return f32x4.add(f32x4.pmax(x, f32x4.splat(0)), tail);
  }
  /** σ(x) dx = (1 − e⁻ʸ) dx */
  @inline
  backward(y: v128, dy: v128, none: v128): v128 {
    return f32x4.mul(dy, f32x4.neg(expm1NonPositive(f32x4.neg(y))));
  }
}

@inline
function map<F extends ParametricActivation>(n: i32, x: usize, y: usize, parameter: f32): void {
  const f = changetype<F>(0);
  const p = f32x4.splat(parameter);
  for (let blocks = n >> 4; blocks > 0; blocks--) {
    v128.store(y, f.forward(v128.load(x), p));
    v128.store(y, f.forward(v128.load(x, 16), p), 16);
    v128.store(y, f.forward(v128.load(x, 32), p), 32);
    v128.store(y, f.forward(v128.load(x, 48), p), 48);
    x += 64;
    y += 64;
  }
  let rest = n & 15;
  for (; rest >= LANES; rest -= LANES) {
    v128.store(y, f.forward(v128.load(x), p));
    x += 16;
    y += 16;
  }
  if (rest > 0) storePartial(y, f.forward(loadPartial(x, rest), p), rest);
}

@inline
function mapBackward<F extends ParametricActivation>(n: i32, y: usize, dy: usize, dx: usize, parameter: f32): void {
  const f = changetype<F>(0);
  const p = f32x4.splat(parameter);
  for (; n >= LANES; n -= LANES) {
    v128.store(dx, f.backward(v128.load(y), v128.load(dy), p));
    y += 16;
    dy += 16;
    dx += 16;
  }
  if (n > 0) storePartial(dx, f.backward(loadPartial(y, n), loadPartial(dy, n), p), n);
}

@inline
function mapBias<F extends ParametricActivation>(
  rows: i32, cols: i32, x: usize, bias: usize, y: usize, parameter: f32,
): void {
  const f = changetype<F>(0);
  const p = f32x4.splat(parameter);
  const whole = <usize>(cols & ~3) << 2;
  const rest = cols & 3;
  for (let r = 0; r < rows; r++) {
    let at: usize = 0;
    for (; at < whole; at += 16) {
      v128.store(y + at, f.forward(f32x4.add(v128.load(x + at), v128.load(bias + at)), p));
    }
    if (rest > 0) {
      storePartial(y + at, f.forward(f32x4.add(loadPartial(x + at, rest), loadPartial(bias + at, rest)), p), rest);
    }
    x += <usize>cols << 2;
    y += <usize>cols << 2;
  }
}

export function leakyRelu(n: i32, x: usize, y: usize, slope: f32): void {
  map<LeakyRelu>(n, x, y, slope);
}

export function leakyReluBackward(n: i32, y: usize, dy: usize, dx: usize, slope: f32): void {
  mapBackward<LeakyRelu>(n, y, dy, dx, slope);
}

export function biasLeakyRelu(rows: i32, cols: i32, x: usize, bias: usize, y: usize, slope: f32): void {
  mapBias<LeakyRelu>(rows, cols, x, bias, y, slope);
}

export function elu(n: i32, x: usize, y: usize, alpha: f32): void {
  map<Elu>(n, x, y, alpha);
}

export function eluBackward(n: i32, y: usize, dy: usize, dx: usize, alpha: f32): void {
  mapBackward<Elu>(n, y, dy, dx, alpha);
}

export function biasElu(rows: i32, cols: i32, x: usize, bias: usize, y: usize, alpha: f32): void {
  mapBias<Elu>(rows, cols, x, bias, y, alpha);
}

export function softplus(n: i32, x: usize, y: usize): void {
  map<Softplus>(n, x, y, 0);
}

export function softplusBackward(n: i32, y: usize, dy: usize, dx: usize): void {
  mapBackward<Softplus>(n, y, dy, dx, 0);
}

export function biasSoftplus(rows: i32, cols: i32, x: usize, bias: usize, y: usize): void {
  mapBias<Softplus>(rows, cols, x, bias, y, 0);
}
