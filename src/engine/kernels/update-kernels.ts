/** The contract of the updates over the flat parameter buffer, beyond those that kernels.ts holds itself. */
import type { Pointer } from './kernels.js';

export interface UpdateKernels {
  /** `x[i]` clamped to ±limit */
  readonly clamp: (n: number, x: Pointer, limit: number) => void;
  /**
   * AdamW (Loshchilov & Hutter 2019): adam's update, and `w −= decay · w` of the weight as it stood before. `hyper` holds
   * three f32: adam's two, and decay = lr · weightDecay.
   */
  readonly adamw: (
    n: number,
    w: Pointer,
    g: Pointer,
    m: Pointer,
    v: Pointer,
    hyper: Pointer,
    beta1: number,
    beta2: number,
    epsilon: number,
  ) => void;
  /** Adagrad (Duchi et al. 2011): `s += g²; w −= lr · g / (√s + ε)`; lr is the f32 at `learningRate` */
  readonly adagrad: (n: number, w: Pointer, g: Pointer, s: Pointer, learningRate: Pointer, epsilon: number) => void;
  /**
   * RMSprop (Hinton 2012): `s = ρs + (1−ρ)g²`; centred (Graves 2013) where `mean` is no 0: `m = ρm + (1−ρ)g` and
   * max(s − m², 0) in the place of s; `direction = g / (√s + ε)`; with momentum where `velocity` is no 0:
   * `v = μv + direction` in its place; `w −= lr · direction`.
   */
  readonly rmsprop: (
    n: number,
    w: Pointer,
    g: Pointer,
    s: Pointer,
    mean: Pointer,
    velocity: Pointer,
    learningRate: Pointer,
    decay: number,
    momentum: number,
    epsilon: number,
  ) => void;
  /** `average[i] = decay · average[i] + (1 − decay) · w[i]` */
  readonly movingAverage: (n: number, w: Pointer, average: Pointer, decay: number) => void;
}
