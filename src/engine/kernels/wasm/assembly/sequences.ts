/** Sequences: sums and copies of positions, and the softmax within attention with its derivative. */
import { fill } from './buffers';
import { dropout, dropoutBackward } from './random';
import { expNonPositive, LANES, loadPartial, storePartial, sumLanes } from './vector';

export function copy(n: i32, x: usize, y: usize): void {
  memory.copy(y, x, <usize>n << 2);
}

export function add(n: i32, a: usize, b: usize, y: usize): void {
  for (; n >= LANES; n -= LANES) {
    v128.store(y, f32x4.add(v128.load(a), v128.load(b)));
    a += 16;
    b += 16;
    y += 16;
  }
  if (n > 0) storePartial(y, f32x4.add(loadPartial(a, n), loadPartial(b, n)), n);
}

export function notEqual(n: i32, x: usize, value: i32, y: usize): void {
  for (let i = 0; i < n; i++) {
    const at = <usize>i << 2;
    store<i32>(y + at, i32(load<i32>(x + at) != value));
  }
}

export function scatterRows(rows: i32, cols: i32, src: usize, indices: usize, dst: usize): void {
  const rowBytes = <usize>cols << 2;
  for (let r = 0; r < rows; r++) {
    const to = dst + <usize>load<u32>(indices) * rowBytes;
    add(cols, to, src, to);
    indices += 4;
    src += rowBytes;
  }
}

const MASKED = memory.data<f32>([-Infinity], 16);

export function attentionSoftmax(
  rows: i32, cols: i32, stride: i32, visible: i32, scale: f32, keyMask: usize, s: usize,
): void {
  for (let r = 0; r < rows; r++) {
    const seen = min(cols, visible + r);
    if (keyMask != 0) {
      for (let c = 0; c < seen; c++) {
        const at = <usize>c << 2;
        if (load<i32>(keyMask + at) == 0) store<f32>(s + at, load<f32>(MASKED));
      }
    }
    // Filled up to whole vectors with what counts for nothing.
    const whole = min(cols, (seen + LANES - 1) & ~(LANES - 1));
    fill(whole - seen, s + (<usize>seen << 2), load<f32>(MASKED));
    softmaxOfRow(whole, scale, s);
    // Those too: beside a NaN they are no longer 0.
    fill(cols - seen, s + (<usize>seen << 2), 0);
    s += <usize>stride << 2;
  }
}

/** `s = softmax(scale · s)`; where no score is above −∞, 0, and NaN for NaN. */
@inline
function softmaxOfRow(n: i32, scale: f32, s: usize): void {
  const whole = <usize>(n & ~3) << 2;
  const rest = n & 3;
  const masked = v128.load_splat<f32>(MASKED);
  let greatest = masked;
  // pmax is one instruction and passes over NaN, which finds its way into the sum.
  for (let at: usize = 0; at < whole; at += 16) greatest = f32x4.pmax(greatest, v128.load(s + at));
  if (rest > 0) greatest = f32x4.pmax(greatest, loadPartial(s + whole, rest, -Infinity));
  const max = f32x4.pmax(greatest, v128.shuffle<f32>(greatest, greatest, 2, 3, 0, 1));
  const top = f32x4.pmax(max, v128.shuffle<f32>(max, max, 1, 0, 3, 2));
  if (f32x4.extract_lane(top, 0) == -Infinity) {
    for (let c = 0; c < n; c++) {
      const score = load<f32>(s + (<usize>c << 2));
      store<f32>(s + (<usize>c << 2), score == -Infinity ? 0 : score);
    }
    return;
  }
  const factor = f32x4.splat(scale);
  let sums = f32x4.splat(0);
  for (let at: usize = 0; at < whole; at += 16) {
    const e = expNonPositive(f32x4.mul(f32x4.sub(v128.load(s + at), top), factor));
    sums = f32x4.add(sums, e);
    v128.store(s + at, e);
  }
  if (rest > 0) {
    const e = expNonPositive(f32x4.mul(f32x4.sub(loadPartial(s + whole, rest, -Infinity), top), factor));
    sums = f32x4.add(sums, e);
    storePartial(s + whole, e, rest);
  }
  const share = f32x4.splat(1 / sumLanes(sums));
  for (let at: usize = 0; at < whole; at += 16) v128.store(s + at, f32x4.mul(v128.load(s + at), share));
  if (rest > 0) storePartial(s + whole, f32x4.mul(loadPartial(s + whole, rest), share), rest);
}

/** ds = scale · p ∘ (dp − Σ dp p), over dp */
export function attentionSoftmaxBackward(
  rows: i32, cols: i32, stride: i32, scale: f32, p: usize, dp: usize,
): void {
  const whole = <usize>(cols & ~3) << 2;
  const rest = cols & 3;
  const factor = f32x4.splat(scale);
  for (let r = 0; r < rows; r++) {
    let sums = f32x4.splat(0);
    for (let at: usize = 0; at < whole; at += 16) {
      sums = f32x4.add(sums, f32x4.mul(v128.load(p + at), v128.load(dp + at)));
    }
    if (rest > 0) sums = f32x4.add(sums, f32x4.mul(loadPartial(p + whole, rest), loadPartial(dp + whole, rest)));
    const dot = f32x4.splat(sumLanes(sums));
    for (let at: usize = 0; at < whole; at += 16) {
      const weight = f32x4.mul(factor, v128.load(p + at));
      v128.store(dp + at, f32x4.mul(weight, f32x4.sub(v128.load(dp + at), dot)));
    }
    if (rest > 0) {
      const weight = f32x4.mul(factor, loadPartial(p + whole, rest));
      storePartial(dp + whole, f32x4.mul(weight, f32x4.sub(loadPartial(dp + whole, rest), dot)), rest);
    }
    p += <usize>stride << 2;
    dp += <usize>stride << 2;
  }
}

export function attentionDropout(
  rows: i32, cols: i32, stride: i32, visible: i32, x: usize, y: usize,
  rate: f64, key: usize, step: usize, stream: u32, firstRow: i32, keep: usize,
): void {
  const words = (stride + 15) >> 4;
  for (let r = 0; r < rows; r++) {
    const seen = min(cols, visible + r);
    dropout(seen, x, y, rate, key, step, stream, keep, ((firstRow + r) * words) << 4);
    fill(cols - seen, y + (<usize>seen << 2), 0);
    x += <usize>stride << 2;
    y += <usize>stride << 2;
    keep += <usize>words << 2;
  }
}

export function attentionDropoutBackward(
  rows: i32, cols: i32, stride: i32, visible: i32, dy: usize, dx: usize, rate: f64, keep: usize,
): void {
  const words = (stride + 15) >> 4;
  for (let r = 0; r < rows; r++) {
    const seen = min(cols, visible + r);
    dropoutBackward(seen, dy, keep, dx, rate);
    fill(cols - seen, dx + (<usize>seen << 2), 0);
    dy += <usize>stride << 2;
    dx += <usize>stride << 2;
    keep += <usize>words << 2;
  }
}
