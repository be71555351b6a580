/**
 * Batch norm: each channel by the mean and deviation of the batch, or by the running ones. A channel of x [outer, channels,
 * inner] is `outer` runs of `inner` elements, (channels · inner) apart; for inner 1 four neighbours share a vector.
 */
import { squaresAbout, sumOf } from './moments';
import { LANES, loadPartial, pairSumsF64, storePartial, sumLanesF64 } from './vector';

/** What running statistics keep of themselves, and a channel's new ones. */
@inline
function keepStatistics(
  count: i32, channel: i32, center: f64, squares: f64, mean: usize, inverseDeviation: usize,
  runningMean: usize, runningVariance: usize, momentum: f64, epsilon: f64,
): void {
  const at = <usize>channel << 2;
  store<f32>(mean + at, <f32>center);
  store<f32>(inverseDeviation + at, <f32>(1 / Math.sqrt(squares / <f64>count + epsilon)));
  const oldMean = <f64>load<f32>(runningMean + at), oldVariance = <f64>load<f32>(runningVariance + at);
  store<f32>(runningMean + at, <f32>((1 - momentum) * oldMean + momentum * center));
  store<f32>(runningVariance + at, <f32>((1 - momentum) * oldVariance + momentum * squares / <f64>(count - 1)));
}

export function batchStatistics(
  outer: i32, channels: i32, inner: i32, x: usize, mean: usize, inverseDeviation: usize,
  runningMean: usize, runningVariance: usize, momentum: f64, epsilon: f64,
): void {
  const count = outer * inner;
  const step = <usize>channels * <usize>inner << 2;
  let c = 0;
  if (inner == 1) {
    // Four channels at once: [0, 1] and [2, 3] in float64.
    for (; c + LANES <= channels; c += LANES) {
      let low = f64x2.splat(0), high = f64x2.splat(0);
      let from = x + (<usize>c << 2);
      for (let o = 0; o < outer; o++) {
        const v = v128.load(from);
        low = f64x2.add(low, f64x2.promote_low_f32x4(v));
        high = f64x2.add(high, f64x2.promote_low_f32x4(v128.shuffle<f64>(v, v, 1, 0)));
        from += step;
      }
      const share = f64x2.splat(<f64>count);
      const lowMean = f64x2.div(low, share), highMean = f64x2.div(high, share);
      let lowSquares = f64x2.splat(0), highSquares = f64x2.splat(0);
      from = x + (<usize>c << 2);
      for (let o = 0; o < outer; o++) {
        const v = v128.load(from);
        const lowError = f64x2.sub(f64x2.promote_low_f32x4(v), lowMean);
        const highError = f64x2.sub(f64x2.promote_low_f32x4(v128.shuffle<f64>(v, v, 1, 0)), highMean);
        lowSquares = f64x2.add(lowSquares, f64x2.mul(lowError, lowError));
        highSquares = f64x2.add(highSquares, f64x2.mul(highError, highError));
        from += step;
      }
      keepStatistics(count, c, f64x2.extract_lane(lowMean, 0), f64x2.extract_lane(lowSquares, 0),
        mean, inverseDeviation, runningMean, runningVariance, momentum, epsilon);
      keepStatistics(count, c + 1, f64x2.extract_lane(lowMean, 1), f64x2.extract_lane(lowSquares, 1),
        mean, inverseDeviation, runningMean, runningVariance, momentum, epsilon);
      keepStatistics(count, c + 2, f64x2.extract_lane(highMean, 0), f64x2.extract_lane(highSquares, 0),
        mean, inverseDeviation, runningMean, runningVariance, momentum, epsilon);
      keepStatistics(count, c + 3, f64x2.extract_lane(highMean, 1), f64x2.extract_lane(highSquares, 1),
        mean, inverseDeviation, runningMean, runningVariance, momentum, epsilon);
    }
  }
  for (; c < channels; c++) {
    const first = x + (<usize>c * <usize>inner << 2);
    let sum: f64 = 0;
    for (let o = 0, from = first; o < outer; o++, from += step) sum += sumOf(inner, from);
    const center = sum / <f64>count;
    let squares: f64 = 0;
    for (let o = 0, from = first; o < outer; o++, from += step) squares += squaresAbout(inner, from, <f32>center);
    keepStatistics(count, c, center, squares,
      mean, inverseDeviation, runningMean, runningVariance, momentum, epsilon);
  }
}

/** y = 1 / √(x + ε) */
export function inverseRoot(n: i32, x: usize, y: usize, epsilon: f32): void {
  const one = f32x4.splat(1), e = f32x4.splat(epsilon);
  for (; n >= LANES; n -= LANES) {
    v128.store(y, f32x4.div(one, f32x4.sqrt(f32x4.add(v128.load(x), e))));
    x += 16;
    y += 16;
  }
  if (n > 0) storePartial(y, f32x4.div(one, f32x4.sqrt(f32x4.add(loadPartial(x, n), e))), n);
}

/** (x − mean) · inverse · γ + β, four elements of one channel or of four */
@inline
function normalized(x: v128, mean: v128, inverse: v128, gamma: v128, beta: v128): v128 {
  return f32x4.add(f32x4.mul(f32x4.mul(f32x4.sub(x, mean), inverse), gamma), beta);
}

export function normalizeChannels(
  outer: i32, channels: i32, inner: i32, x: usize, mean: usize, inverseDeviation: usize,
  gamma: usize, beta: usize, y: usize,
): void {
  if (inner == 1) {
    const rest = channels & 3;
    const whole = <usize>(channels & ~3) << 2;
    for (let o = 0; o < outer; o++) {
      let at: usize = 0;
      for (; at < whole; at += 16) {
        v128.store(y + at, normalized(
          v128.load(x + at), v128.load(mean + at), v128.load(inverseDeviation + at),
          v128.load(gamma + at), v128.load(beta + at),
        ));
      }
      if (rest > 0) {
        storePartial(y + at, normalized(
          loadPartial(x + at, rest), loadPartial(mean + at, rest), loadPartial(inverseDeviation + at, rest),
          loadPartial(gamma + at, rest), loadPartial(beta + at, rest),
        ), rest);
      }
      x += <usize>channels << 2;
      y += <usize>channels << 2;
    }
    return;
  }
  for (let o = 0; o < outer; o++) {
    for (let c = 0; c < channels; c++) {
      const at = <usize>c << 2;
      const m = v128.load_splat<f32>(mean + at), s = v128.load_splat<f32>(inverseDeviation + at);
      const g = v128.load_splat<f32>(gamma + at), b = v128.load_splat<f32>(beta + at);
      let n = inner;
      for (; n >= LANES; n -= LANES) {
        v128.store(y, normalized(v128.load(x), m, s, g, b));
        x += 16;
        y += 16;
      }
      if (n > 0) {
        storePartial(y, normalized(loadPartial(x, n), m, s, g, b), n);
        x += <usize>n << 2;
        y += <usize>n << 2;
      }
    }
  }
}

/** Σ dy and Σ dy x̂ by channel; x̂ = (x − mean) · inverse, its factor taken out of the sum */
export function channelGradientSums(
  outer: i32, channels: i32, inner: i32, x: usize, mean: usize, inverseDeviation: usize, dy: usize,
  sumDy: usize, sumDyX: usize,
): void {
  const step = <usize>channels * <usize>inner << 2;
  let c = 0;
  if (inner == 1) {
    for (; c + LANES <= channels; c += LANES) {
      const at = <usize>c << 2;
      const m = v128.load(mean + at), s = v128.load(inverseDeviation + at);
      let lowSum = f64x2.splat(0), highSum = f64x2.splat(0), lowSumX = f64x2.splat(0), highSumX = f64x2.splat(0);
      let offset = at;
      for (let o = 0; o < outer; o++) {
        const upstream = v128.load(dy + offset);
        const product = f32x4.mul(upstream, f32x4.mul(f32x4.sub(v128.load(x + offset), m), s));
        lowSum = f64x2.add(lowSum, f64x2.promote_low_f32x4(upstream));
        highSum = f64x2.add(highSum, f64x2.promote_low_f32x4(v128.shuffle<f64>(upstream, upstream, 1, 0)));
        lowSumX = f64x2.add(lowSumX, f64x2.promote_low_f32x4(product));
        highSumX = f64x2.add(highSumX, f64x2.promote_low_f32x4(v128.shuffle<f64>(product, product, 1, 0)));
        offset += step;
      }
      v128.store(sumDy + at, v128.shuffle<f64>(
        f32x4.demote_f64x2_zero(lowSum), f32x4.demote_f64x2_zero(highSum), 0, 2,
      ));
      v128.store(sumDyX + at, v128.shuffle<f64>(
        f32x4.demote_f64x2_zero(lowSumX), f32x4.demote_f64x2_zero(highSumX), 0, 2,
      ));
    }
  }
  for (; c < channels; c++) {
    const at = <usize>c << 2;
    const m = v128.load_splat<f32>(mean + at), s = v128.load_splat<f32>(inverseDeviation + at);
    let sum = f64x2.splat(0), sumX = f64x2.splat(0);
    for (let o = 0; o < outer; o++) {
      let offset = <usize>o * step + (<usize>c * <usize>inner << 2);
      let n = inner;
      for (; n >= LANES; n -= LANES) {
        const upstream = v128.load(dy + offset);
        sum = f64x2.add(sum, pairSumsF64(upstream));
        sumX = f64x2.add(sumX, pairSumsF64(f32x4.mul(upstream, f32x4.mul(f32x4.sub(v128.load(x + offset), m), s))));
        offset += 16;
      }
      if (n > 0) {
        const upstream = loadPartial(dy + offset, n);
        sum = f64x2.add(sum, pairSumsF64(upstream));
        const normal = f32x4.mul(f32x4.sub(loadPartial(x + offset, n), m), s);
        sumX = f64x2.add(sumX, pairSumsF64(f32x4.mul(upstream, normal)));
      }
    }
    store<f32>(sumDy + at, <f32>sumLanesF64(sum));
    store<f32>(sumDyX + at, <f32>sumLanesF64(sumX));
  }
}

/** γ · inverse · (dy − mean(dy) − x̂ mean(dy x̂)) */
@inline
function inputGradient(x: v128, dy: v128, mean: v128, inverse: v128, scale: v128, meanDy: v128, meanDyX: v128): v128 {
  const normal = f32x4.mul(f32x4.sub(x, mean), inverse);
  return f32x4.mul(scale, f32x4.sub(f32x4.sub(dy, meanDy), f32x4.mul(normal, meanDyX)));
}

export function batchNormBackward(
  outer: i32, channels: i32, inner: i32, x: usize, mean: usize, inverseDeviation: usize, gamma: usize,
  sumDy: usize, sumDyX: usize, dy: usize, dx: usize,
): void {
  const share = f32x4.splat(<f32>(1 / <f64>(outer * inner)));
  if (inner == 1) {
    const rest = channels & 3;
    const whole = <usize>(channels & ~3) << 2;
    for (let o = 0; o < outer; o++) {
      let at: usize = 0;
      for (; at < whole; at += 16) {
        const s = v128.load(inverseDeviation + at);
        v128.store(dx + at, inputGradient(
          v128.load(x + at), v128.load(dy + at), v128.load(mean + at), s, f32x4.mul(v128.load(gamma + at), s),
          f32x4.mul(v128.load(sumDy + at), share), f32x4.mul(v128.load(sumDyX + at), share),
        ));
      }
      if (rest > 0) {
        const s = loadPartial(inverseDeviation + at, rest);
        storePartial(dx + at, inputGradient(
          loadPartial(x + at, rest), loadPartial(dy + at, rest), loadPartial(mean + at, rest), s,
          f32x4.mul(loadPartial(gamma + at, rest), s),
          f32x4.mul(loadPartial(sumDy + at, rest), share), f32x4.mul(loadPartial(sumDyX + at, rest), share),
        ), rest);
      }
      x += <usize>channels << 2;
      dy += <usize>channels << 2;
      dx += <usize>channels << 2;
    }
    return;
  }
  for (let o = 0; o < outer; o++) {
    for (let c = 0; c < channels; c++) {
      const at = <usize>c << 2;
      const m = v128.load_splat<f32>(mean + at), s = v128.load_splat<f32>(inverseDeviation + at);
      const scale = f32x4.mul(v128.load_splat<f32>(gamma + at), s);
      const meanDy = f32x4.mul(v128.load_splat<f32>(sumDy + at), share);
      const meanDyX = f32x4.mul(v128.load_splat<f32>(sumDyX + at), share);
      let n = inner;
      for (; n >= LANES; n -= LANES) {
        v128.store(dx, inputGradient(v128.load(x), v128.load(dy), m, s, scale, meanDy, meanDyX));
        x += 16;
        dy += 16;
        dx += 16;
      }
      if (n > 0) {
        storePartial(dx, inputGradient(loadPartial(x, n), loadPartial(dy, n), m, s, scale, meanDy, meanDyX), n);
        x += <usize>n << 2;
        dy += <usize>n << 2;
        dx += <usize>n << 2;
      }
    }
  }
}
