/**
 * Activations, their derivatives, and activations fused with the bias. An activation is a class without fields whose
 * methods are compiled into the loops: `changetype<F>(0)` names the class and makes no object.
 */
import { LANES, loadPartial, sigmoid4, storePartial, tanh4 } from './vector';

@unmanaged
abstract class Activation {
  /** f(x) */
  abstract forward(x: v128): v128;
  /** dy · f′, by the output y */
  abstract backward(y: v128, dy: v128): v128;
}

@unmanaged @final
class Identity extends Activation {
  @inline
  forward(x: v128): v128 {
    return x;
  }
  @inline
  backward(y: v128, dy: v128): v128 {
    return dy;
  }
}

@unmanaged @final
class Relu extends Activation {
  /** pmax gives its first operand unless that is smaller, so NaN passes. */
  @inline
  forward(x: v128): v128 {
    return f32x4.pmax(x, f32x4.splat(0));
  }
  /** d relu(x) = dx where y > 0; a NaN in y lets dy pass. */
  @inline
  backward(y: v128, dy: v128): v128 {
    return v128.andnot(dy, f32x4.le(y, f32x4.splat(0)));
  }
}

@unmanaged @final
class Sigmoid extends Activation {
  @inline
  forward(x: v128): v128 {
    return sigmoid4(x);
  }
  /** d σ(x) = y (1 − y) dx */
  @inline
  backward(y: v128, dy: v128): v128 {
    return f32x4.mul(dy, f32x4.mul(y, f32x4.sub(f32x4.splat(1), y)));
  }
}

@unmanaged @final
class Tanh extends Activation {
  @inline
  forward(x: v128): v128 {
    return tanh4(x);
  }
  /** d tanh(x) = (1 − y²) dx */
  @inline
  backward(y: v128, dy: v128): v128 {
    return f32x4.mul(dy, f32x4.sub(f32x4.splat(1), f32x4.mul(y, y)));
  }
}

@inline
function map<F extends Activation>(n: i32, x: usize, y: usize): void {
  const f = changetype<F>(0);
  for (let blocks = n >> 4; blocks > 0; blocks--) {
    v128.store(y, f.forward(v128.load(x)));
    v128.store(y, f.forward(v128.load(x, 16)), 16);
    v128.store(y, f.forward(v128.load(x, 32)), 32);
    v128.store(y, f.forward(v128.load(x, 48)), 48);
    x += 64;
    y += 64;
  }
  let rest = n & 15;
  for (; rest >= LANES; rest -= LANES) {
    v128.store(y, f.forward(v128.load(x)));
    x += 16;
    y += 16;
  }
  if (rest > 0) storePartial(y, f.forward(loadPartial(x, rest)), rest);
}

@inline
function mapBackward<F extends Activation>(n: i32, y: usize, dy: usize, dx: usize): void {
  const f = changetype<F>(0);
  for (let blocks = n >> 4; blocks > 0; blocks--) {
    v128.store(dx, f.backward(v128.load(y), v128.load(dy)));
    v128.store(dx, f.backward(v128.load(y, 16), v128.load(dy, 16)), 16);
    v128.store(dx, f.backward(v128.load(y, 32), v128.load(dy, 32)), 32);
    v128.store(dx, f.backward(v128.load(y, 48), v128.load(dy, 48)), 48);
    y += 64;
    dy += 64;
    dx += 64;
  }
  let rest = n & 15;
  for (; rest >= LANES; rest -= LANES) {
    v128.store(dx, f.backward(v128.load(y), v128.load(dy)));
    y += 16;
    dy += 16;
    dx += 16;
  }
  if (rest > 0) storePartial(dx, f.backward(loadPartial(y, rest), loadPartial(dy, rest)), rest);
}

@inline
function mapBias<F extends Activation>(rows: i32, cols: i32, x: usize, bias: usize, y: usize): void {
  const f = changetype<F>(0);
  const wide = <usize>(cols & ~15) << 2;
  const whole = <usize>(cols & ~3) << 2;
  const rest = cols & 3;
  for (let r = 0; r < rows; r++) {
    let at: usize = 0;
    for (; at < wide; at += 64) {
      v128.store(y + at, f.forward(f32x4.add(v128.load(x + at), v128.load(bias + at))));
      v128.store(y + at, f.forward(f32x4.add(v128.load(x + at, 16), v128.load(bias + at, 16))), 16);
      v128.store(y + at, f.forward(f32x4.add(v128.load(x + at, 32), v128.load(bias + at, 32))), 32);
      v128.store(y + at, f.forward(f32x4.add(v128.load(x + at, 48), v128.load(bias + at, 48))), 48);
    }
    for (; at < whole; at += 16) {
      v128.store(y + at, f.forward(f32x4.add(v128.load(x + at), v128.load(bias + at))));
    }
    if (rest > 0) {
      storePartial(y + at, f.forward(f32x4.add(loadPartial(x + at, rest), loadPartial(bias + at, rest))), rest);
    }
    x += <usize>cols << 2;
    y += <usize>cols << 2;
  }
}

export function relu(n: i32, x: usize, y: usize): void {
  map<Relu>(n, x, y);
}

export function reluBackward(n: i32, y: usize, dy: usize, dx: usize): void {
  mapBackward<Relu>(n, y, dy, dx);
}

export function sigmoid(n: i32, x: usize, y: usize): void {
  map<Sigmoid>(n, x, y);
}

export function sigmoidBackward(n: i32, y: usize, dy: usize, dx: usize): void {
  mapBackward<Sigmoid>(n, y, dy, dx);
}

export function tanh(n: i32, x: usize, y: usize): void {
  map<Tanh>(n, x, y);
}

export function tanhBackward(n: i32, y: usize, dy: usize, dx: usize): void {
  mapBackward<Tanh>(n, y, dy, dx);
}

export function biasIdentity(rows: i32, cols: i32, x: usize, bias: usize, y: usize): void {
  mapBias<Identity>(rows, cols, x, bias, y);
}

export function biasRelu(rows: i32, cols: i32, x: usize, bias: usize, y: usize): void {
  mapBias<Relu>(rows, cols, x, bias, y);
}

export function biasSigmoid(rows: i32, cols: i32, x: usize, bias: usize, y: usize): void {
  mapBias<Sigmoid>(rows, cols, x, bias, y);
}

export function biasTanh(rows: i32, cols: i32, x: usize, bias: usize, y: usize): void {
  mapBias<Tanh>(rows, cols, x, bias, y);
}
