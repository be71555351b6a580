/**
 * The contract of the normalisation kernels. A row is normalised over its columns (layer norm), a channel over the batch
 * and its positions (batch norm): x is [outer, channels, inner], with inner 1 for plain features.
 */
import type { Pointer } from './kernels.js';

export interface NormalizationKernels {
  /** `y[r,:] = (x[r,:] − mean) · inverseDeviation · gamma + beta`, by the biased variance; both statistics [rows] are kept */
  readonly layerNorm: (
    rows: number,
    cols: number,
    x: Pointer,
    gamma: Pointer,
    beta: Pointer,
    y: Pointer,
    mean: Pointer,
    inverseDeviation: Pointer,
    epsilon: number,
  ) => void;
  /** `sum[r,:] = a[r,:] + b[r,:]`, and layerNorm of sum; the bits are those of add and layerNorm */
  readonly addLayerNorm: (
    rows: number,
    cols: number,
    a: Pointer,
    b: Pointer,
    sum: Pointer,
    gamma: Pointer,
    beta: Pointer,
    y: Pointer,
    mean: Pointer,
    inverseDeviation: Pointer,
    epsilon: number,
  ) => void;
  /** dx (it may be dy), and `dGamma += Σ_r dy x̂`, `dBeta += Σ_r dy`: of each part the rows are cut into (../threads/cut.ts) */
  readonly layerNormBackward: (
    rows: number,
    cols: number,
    x: Pointer,
    gamma: Pointer,
    mean: Pointer,
    inverseDeviation: Pointer,
    dy: Pointer,
    dx: Pointer,
    dGamma: Pointer,
    dBeta: Pointer,
  ) => void;

  /**
   * mean and inverseDeviation [channels] of the batch, by the biased variance; and the running statistics' step,
   * `running = (1 − momentum) · running + momentum · batch`, where the variance stored is the unbiased one.
   */
  readonly batchStatistics: (
    outer: number,
    channels: number,
    inner: number,
    x: Pointer,
    mean: Pointer,
    inverseDeviation: Pointer,
    runningMean: Pointer,
    runningVariance: Pointer,
    momentum: number,
    epsilon: number,
  ) => void;
  /** `y[i] = 1 / √(x[i] + epsilon)` */
  readonly inverseRoot: (n: number, x: Pointer, y: Pointer, epsilon: number) => void;
  /** `y[o,c,i] = (x[o,c,i] − mean[c]) · inverseDeviation[c] · gamma[c] + beta[c]`; y may be x */
  readonly normalizeChannels: (
    outer: number,
    channels: number,
    inner: number,
    x: Pointer,
    mean: Pointer,
    inverseDeviation: Pointer,
    gamma: Pointer,
    beta: Pointer,
    y: Pointer,
  ) => void;
  /** `sumDy[c] = Σ dy[·,c,·]`, `sumDyX[c] = Σ dy x̂`: overwritten */
  readonly channelGradientSums: (
    outer: number,
    channels: number,
    inner: number,
    x: Pointer,
    mean: Pointer,
    inverseDeviation: Pointer,
    dy: Pointer,
    sumDy: Pointer,
    sumDyX: Pointer,
  ) => void;
  /** dx of batch norm, from the sums; it may be dy. */
  readonly batchNormBackward: (
    outer: number,
    channels: number,
    inner: number,
    x: Pointer,
    mean: Pointer,
    inverseDeviation: Pointer,
    gamma: Pointer,
    sumDy: Pointer,
    sumDyX: Pointer,
    dy: Pointer,
    dx: Pointer,
  ) => void;
}
