/** The normalisations of ../normalization-kernels.ts as plain loops in float64, rounded once when stored. */
import type { EngineMemory } from '../../memory.js';
import type { NormalizationKernels } from '../normalization-kernels.js';

/** Mean and biased variance of the elements that `at` tells, in two passes. */
function moments(count: number, at: (index: number) => number): { mean: number; variance: number } {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += at(i);
  const mean = sum / count;
  let squares = 0;
  for (let i = 0; i < count; i++) squares += (at(i) - mean) ** 2;
  return { mean, variance: squares / count };
}

export function normalizationKernels({ f32 }: EngineMemory): NormalizationKernels {
  /** Word of the i-th element of a channel: x is [outer, channels, inner]. */
  const element = (x: number, channels: number, inner: number, channel: number, i: number) =>
    (x >>> 2) + (Math.floor(i / inner) * channels + channel) * inner + (i % inner);

  const layerNorm: NormalizationKernels['layerNorm'] = (
    rows,
    cols,
    x,
    gamma,
    beta,
    y,
    mean,
    inverseDeviation,
    epsilon,
  ) => {
    for (let r = 0; r < rows; r++) {
      const start = (x >>> 2) + r * cols;
      const row = moments(cols, (c) => f32[start + c]!);
      const inverse = 1 / Math.sqrt(row.variance + epsilon);
      for (let c = 0; c < cols; c++) {
        const normal = (f32[start + c]! - row.mean) * inverse;
        f32[(y >>> 2) + r * cols + c] = normal * f32[(gamma >>> 2) + c]! + f32[(beta >>> 2) + c]!;
      }
      f32[(mean >>> 2) + r] = row.mean;
      f32[(inverseDeviation >>> 2) + r] = inverse;
    }
  };

  return {
    layerNorm,

    addLayerNorm(rows, cols, a, b, sum, ...norm) {
      for (let i = 0; i < rows * cols; i++) f32[(sum >>> 2) + i] = f32[(a >>> 2) + i]! + f32[(b >>> 2) + i]!;
      layerNorm(rows, cols, sum, ...norm);
    },

    // with g = γ dy and means over the columns: dx = (g − mean(g) − x̂ mean(g x̂)) / deviation
    layerNormBackward(rows, cols, x, gamma, mean, inverseDeviation, dy, dx, dGamma, dBeta) {
      for (let r = 0; r < rows; r++) {
        const at = r * cols;
        const inverse = f32[(inverseDeviation >>> 2) + r]!;
        const normal = (c: number) => (f32[(x >>> 2) + at + c]! - f32[(mean >>> 2) + r]!) * inverse;
        const g = (c: number) => f32[(dy >>> 2) + at + c]! * f32[(gamma >>> 2) + c]!;
        let [sumG, sumGX] = [0, 0];
        for (let c = 0; c < cols; c++) {
          sumG += g(c);
          sumGX += g(c) * normal(c);
          f32[(dGamma >>> 2) + c]! += f32[(dy >>> 2) + at + c]! * normal(c);
          f32[(dBeta >>> 2) + c]! += f32[(dy >>> 2) + at + c]!;
        }
        for (let c = 0; c < cols; c++) {
          f32[(dx >>> 2) + at + c] = (g(c) - sumG / cols - (normal(c) * sumGX) / cols) * inverse;
        }
      }
    },

    batchStatistics(
      outer,
      channels,
      inner,
      x,
      mean,
      inverseDeviation,
      runningMean,
      runningVariance,
      momentum,
      epsilon,
    ) {
      const count = outer * inner;
      for (let c = 0; c < channels; c++) {
        const batch = moments(count, (i) => f32[element(x, channels, inner, c, i)]!);
        f32[(mean >>> 2) + c] = batch.mean;
        f32[(inverseDeviation >>> 2) + c] = 1 / Math.sqrt(batch.variance + epsilon);
        const step = (at: number, value: number) => {
          f32[at] = (1 - momentum) * f32[at]! + momentum * value;
        };
        step((runningMean >>> 2) + c, batch.mean);
        step((runningVariance >>> 2) + c, (batch.variance * count) / (count - 1));
      }
    },

    inverseRoot(n, x, y, epsilon) {
      for (let i = 0; i < n; i++) f32[(y >>> 2) + i] = 1 / Math.sqrt(f32[(x >>> 2) + i]! + epsilon);
    },

    normalizeChannels(outer, channels, inner, x, mean, inverseDeviation, gamma, beta, y) {
      for (let c = 0; c < channels; c++) {
        const [center, inverse] = [f32[(mean >>> 2) + c]!, f32[(inverseDeviation >>> 2) + c]!];
        const [scale, shift] = [f32[(gamma >>> 2) + c]!, f32[(beta >>> 2) + c]!];
        for (let i = 0; i < outer * inner; i++) {
          const value = f32[element(x, channels, inner, c, i)]!;
          f32[element(y, channels, inner, c, i)] = (value - center) * inverse * scale + shift;
        }
      }
    },

    channelGradientSums(outer, channels, inner, x, mean, inverseDeviation, dy, sumDy, sumDyX) {
      for (let c = 0; c < channels; c++) {
        const [center, inverse] = [f32[(mean >>> 2) + c]!, f32[(inverseDeviation >>> 2) + c]!];
        let [sum, sumX] = [0, 0];
        for (let i = 0; i < outer * inner; i++) {
          const gradient = f32[element(dy, channels, inner, c, i)]!;
          sum += gradient;
          sumX += gradient * (f32[element(x, channels, inner, c, i)]! - center) * inverse;
        }
        f32[(sumDy >>> 2) + c] = sum;
        f32[(sumDyX >>> 2) + c] = sumX;
      }
    },

    // dx = γ (dy − mean(dy) − x̂ mean(dy x̂)) / deviation, means over the channel
    batchNormBackward(outer, channels, inner, x, mean, inverseDeviation, gamma, sumDy, sumDyX, dy, dx) {
      const count = outer * inner;
      for (let c = 0; c < channels; c++) {
        const [center, inverse] = [f32[(mean >>> 2) + c]!, f32[(inverseDeviation >>> 2) + c]!];
        const scale = f32[(gamma >>> 2) + c]! * inverse;
        const [meanDy, meanDyX] = [f32[(sumDy >>> 2) + c]! / count, f32[(sumDyX >>> 2) + c]! / count];
        for (let i = 0; i < count; i++) {
          const normal = (f32[element(x, channels, inner, c, i)]! - center) * inverse;
          const gradient = f32[element(dy, channels, inner, c, i)]!;
          f32[element(dx, channels, inner, c, i)] = scale * (gradient - meanDy - normal * meanDyX);
        }
      }
    },
  };
}
