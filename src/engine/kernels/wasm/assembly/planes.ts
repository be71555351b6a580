/** Images: windows to columns and back, biases of channels, pooling. Planes are [height, width], row-major. */
import { LANES, loadPartial, storePartial, sumLanes } from './vector';

@inline
function places(size: i32, kernel: i32, stride: i32, padding: i32): i32 {
  return (size + 2 * padding - kernel) / stride + 1;
}

/** First place at which tap `tap` of the window is not left of the axis. */
@inline
function firstInside(tap: i32, stride: i32, padding: i32): i32 {
  return tap >= padding ? 0 : (padding - tap + stride - 1) / stride;
}

/** Past the last place at which tap `tap` is within an axis of `size`; not below `first`. */
@inline
function endInside(size: i32, tap: i32, stride: i32, padding: i32, count: i32, first: i32): i32 {
  const room = size - 1 + padding - tap;
  return room < 0 ? first : max(first, min(count, room / stride + 1));
}

/** `to[i] = from[i]`; the last vector may overlap the one before it. */
@inline
function copyFloats(to: usize, from: usize, count: i32): void {
  if (count < LANES) {
    if (count > 0) storePartial(to, loadPartial(from, count), count);
    return;
  }
  const last = <usize>(count - LANES) << 2;
  for (let at: usize = 0; at < last; at += 16) v128.store(to + at, v128.load(from + at));
  v128.store(to + last, v128.load(from + last));
}

/** `to[i] += from[i]` */
@inline
function addFloats(to: usize, from: usize, count: i32): void {
  for (; count >= LANES; count -= LANES) {
    v128.store(to, f32x4.add(v128.load(to), v128.load(from)));
    to += 16;
    from += 16;
  }
  for (; count > 0; count--) {
    store<f32>(to, load<f32>(to) + load<f32>(from));
    to += 4;
    from += 4;
  }
}

@inline
function zeroFloats(to: usize, count: i32): void {
  for (; count >= LANES; count -= LANES) {
    v128.store(to, f32x4.splat(0));
    to += 16;
  }
  for (; count > 0; count--) {
    store<f32>(to, 0);
    to += 4;
  }
}

export function im2col(
  channels: i32, height: i32, width: i32, kernel: i32, stride: i32, padding: i32, image: usize, columns: usize,
): void {
  const outHeight = places(height, kernel, stride, padding);
  const outWidth = places(width, kernel, stride, padding);
  for (let c = 0; c < channels; c++) {
    for (let i = 0; i < kernel; i++) {
      for (let j = 0; j < kernel; j++) {
        const first = firstInside(j, stride, padding);
        const end = endInside(width, j, stride, padding, outWidth, first);
        for (let u = 0; u < outHeight; u++) {
          const row = u * stride + i - padding;
          // Most often: every tap is inside at every place.
          if (stride == 1 && padding == 0) copyFloats(columns, image + (<usize>(row * width + j) << 2), outWidth);
          else if (<u32>row >= <u32>height) zeroFloats(columns, outWidth);
          else {
            zeroFloats(columns, first);
            const from = image + (<usize>(row * width + first * stride + j - padding) << 2);
            const to = columns + (<usize>first << 2);
            if (stride == 1) copyFloats(to, from, end - first);
            else {
              for (let v = 0; v < end - first; v++) {
                store<f32>(to + (<usize>v << 2), load<f32>(from + (<usize>(v * stride) << 2)));
              }
            }
            zeroFloats(columns + (<usize>end << 2), outWidth - end);
          }
          columns += <usize>outWidth << 2;
        }
      }
    }
    image += <usize>(height * width) << 2;
  }
}

export function col2im(
  channels: i32, height: i32, width: i32, kernel: i32, stride: i32, padding: i32, image: usize, columns: usize,
): void {
  const outHeight = places(height, kernel, stride, padding);
  const outWidth = places(width, kernel, stride, padding);
  const planeBytes = <usize>(height * width) << 2;
  for (let c = 0; c < channels; c++) {
    memory.fill(image, 0, planeBytes);
    for (let i = 0; i < kernel; i++) {
      for (let j = 0; j < kernel; j++) {
        const first = firstInside(j, stride, padding);
        const end = endInside(width, j, stride, padding, outWidth, first);
        for (let u = 0; u < outHeight; u++) {
          const row = u * stride + i - padding;
          if (<u32>row < <u32>height) {
            const to = image + (<usize>(row * width + first * stride + j - padding) << 2);
            const from = columns + (<usize>first << 2);
            if (stride == 1) addFloats(to, from, end - first);
            else {
              for (let v = 0; v < end - first; v++) {
                const at = to + (<usize>(v * stride) << 2);
                store<f32>(at, load<f32>(at) + load<f32>(from + (<usize>v << 2)));
              }
            }
          }
          columns += <usize>outWidth << 2;
        }
      }
    }
    image += planeBytes;
  }
}

/** `y = max(x + bias, floor)`; pmax gives its first operand unless that is smaller, so NaN passes. */
@inline
function addChannelBias(
  rows: i32, channels: i32, pixels: i32, x: usize, bias: usize, y: usize, floor: v128,
): void {
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < channels; c++) {
      const shift = v128.load_splat<f32>(bias + (<usize>c << 2));
      let rest = pixels;
      for (; rest >= LANES; rest -= LANES) {
        v128.store(y, f32x4.pmax(f32x4.add(v128.load(x), shift), floor));
        x += 16;
        y += 16;
      }
      if (rest > 0) storePartial(y, f32x4.pmax(f32x4.add(loadPartial(x, rest), shift), floor), rest);
      x += <usize>rest << 2;
      y += <usize>rest << 2;
    }
  }
}

export function channelBias(rows: i32, channels: i32, pixels: i32, x: usize, bias: usize, y: usize): void {
  addChannelBias(rows, channels, pixels, x, bias, y, f32x4.splat(-Infinity));
}

export function channelBiasRelu(rows: i32, channels: i32, pixels: i32, x: usize, bias: usize, y: usize): void {
  addChannelBias(rows, channels, pixels, x, bias, y, f32x4.splat(0));
}

/** Each plane is summed by itself, four lanes in a fixed order, and the planes one after the other. */
export function channelSums(rows: i32, channels: i32, pixels: i32, x: usize, out: usize): void {
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < channels; c++) {
      let s0 = f32x4.splat(0), s1 = f32x4.splat(0);
      let rest = pixels;
      for (; rest >= 2 * LANES; rest -= 2 * LANES) {
        s0 = f32x4.add(s0, v128.load(x));
        s1 = f32x4.add(s1, v128.load(x, 16));
        x += 32;
      }
      if (rest >= LANES) {
        s0 = f32x4.add(s0, v128.load(x));
        x += 16;
        rest -= LANES;
      }
      if (rest > 0) s1 = f32x4.add(s1, loadPartial(x, rest));
      x += <usize>rest << 2;
      const at = out + (<usize>c << 2);
      store<f32>(at, load<f32>(at) + sumLanes(f32x4.add(s0, s1)));
    }
  }
}

export function maxPool2d(
  planes: i32, height: i32, width: i32, kernel: i32, stride: i32, padding: i32, x: usize, y: usize, argmax: usize,
): void {
  const outHeight = places(height, kernel, stride, padding);
  const outWidth = places(width, kernel, stride, padding);
  const halves = kernel == 2 && stride == 2 && padding == 0;
  for (let plane = 0; plane < planes; plane++) {
    for (let u = 0; u < outHeight; u++) {
      let v = halves ? maxOfHalves(x, u, width, outWidth, y, argmax) : 0;
      const top = max(0, u * stride - padding), bottom = min(height, u * stride - padding + kernel);
      for (; v < outWidth; v++) {
        const left = max(0, v * stride - padding), right = min(width, v * stride - padding + kernel);
        let best = top * width + left;
        let greatest = load<f32>(x + (<usize>best << 2));
        for (let row = top; row < bottom; row++) {
          for (let column = left; column < right; column++) {
            const value = load<f32>(x + (<usize>(row * width + column) << 2));
            // A NaN is not equal to itself.
            if (value > greatest || value != value) {
              greatest = value;
              best = row * width + column;
            }
          }
        }
        store<f32>(y + (<usize>v << 2), greatest);
        store<i32>(argmax + (<usize>v << 2), best);
      }
      y += <usize>outWidth << 2;
      argmax += <usize>outWidth << 2;
    }
    x += <usize>(height * width) << 2;
  }
}

/**
 * Output row u of a 2×2 window with stride 2, four places at once; returns how many places are done: all of them, the last
 * four overlapping those before, or none where there are fewer.
 */
@inline
function maxOfHalves(x: usize, u: i32, width: i32, outWidth: i32, y: usize, argmax: usize): i32 {
  if (outWidth < LANES) return 0;
  const rowStart = 2 * u * width;
  for (let v = 0; v < outWidth; v += LANES) {
    v = min(v, outWidth - LANES);
    const index = i32x4.add(i32x4.splat(rowStart + 2 * v), i32x4(0, 2, 4, 6));
    const upper = x + (<usize>(rowStart + 2 * v) << 2);
    const lower = upper + (<usize>width << 2);
    const u0 = v128.load(upper), u1 = v128.load(upper, 16);
    const l0 = v128.load(lower), l1 = v128.load(lower, 16);
    let greatest = v128.shuffle<f32>(u0, u1, 0, 2, 4, 6);
    let best = index;
    let value = v128.shuffle<f32>(u0, u1, 1, 3, 5, 7);
    let better = v128.or(f32x4.gt(value, greatest), f32x4.ne(value, value));
    greatest = v128.bitselect(value, greatest, better);
    best = v128.bitselect(i32x4.add(index, i32x4.splat(1)), best, better);
    value = v128.shuffle<f32>(l0, l1, 0, 2, 4, 6);
    better = v128.or(f32x4.gt(value, greatest), f32x4.ne(value, value));
    greatest = v128.bitselect(value, greatest, better);
    best = v128.bitselect(i32x4.add(index, i32x4.splat(width)), best, better);
    value = v128.shuffle<f32>(l0, l1, 1, 3, 5, 7);
    better = v128.or(f32x4.gt(value, greatest), f32x4.ne(value, value));
    greatest = v128.bitselect(value, greatest, better);
    best = v128.bitselect(i32x4.add(index, i32x4.splat(width + 1)), best, better);
    v128.store(y + (<usize>v << 2), greatest);
    v128.store(argmax + (<usize>v << 2), best);
  }
  return outWidth;
}

export function maxPool2dBackward(
  planes: i32, inputPixels: i32, outputPixels: i32, dy: usize, argmax: usize, dx: usize,
): void {
  const planeBytes = <usize>inputPixels << 2;
  for (let plane = 0; plane < planes; plane++) {
    memory.fill(dx, 0, planeBytes);
    for (let p = 0; p < outputPixels; p++) {
      const at = dx + (<usize>load<i32>(argmax) << 2);
      store<f32>(at, load<f32>(at) + load<f32>(dy));
      dy += 4;
      argmax += 4;
    }
    dx += planeBytes;
  }
}

export function avgPool2d(
  planes: i32, height: i32, width: i32, kernel: i32, stride: i32, x: usize, y: usize,
): void {
  const outHeight = places(height, kernel, stride, 0), outWidth = places(width, kernel, stride, 0);
  const share: f32 = 1 / <f32>(kernel * kernel);
  for (let plane = 0; plane < planes; plane++) {
    for (let u = 0; u < outHeight; u++) {
      for (let v = 0; v < outWidth; v++) {
        let sum: f32 = 0;
        let from = x + (<usize>((u * width + v) * stride) << 2);
        for (let i = 0; i < kernel; i++) {
          for (let j = 0; j < kernel; j++) sum += load<f32>(from + (<usize>j << 2));
          from += <usize>width << 2;
        }
        store<f32>(y, sum * share);
        y += 4;
      }
    }
    x += <usize>(height * width) << 2;
  }
}

export function avgPool2dBackward(
  planes: i32, height: i32, width: i32, kernel: i32, stride: i32, dy: usize, dx: usize,
): void {
  const outHeight = places(height, kernel, stride, 0), outWidth = places(width, kernel, stride, 0);
  const share: f32 = 1 / <f32>(kernel * kernel);
  for (let plane = 0; plane < planes; plane++) {
    memory.fill(dx, 0, <usize>(height * width) << 2);
    for (let u = 0; u < outHeight; u++) {
      for (let v = 0; v < outWidth; v++) {
        const part = load<f32>(dy) * share;
        let to = dx + (<usize>((u * width + v) * stride) << 2);
        for (let i = 0; i < kernel; i++) {
          for (let j = 0; j < kernel; j++) {
            const at = to + (<usize>j << 2);
            store<f32>(at, load<f32>(at) + part);
          }
          to += <usize>width << 2;
        }
        dy += 4;
      }
    }
    dx += <usize>(height * width) << 2;
  }
}
