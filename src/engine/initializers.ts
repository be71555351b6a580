/**
 * What a parameter holds before the first step. Draws come from a stream of the parameter's own, so that its values are a
 * function of (seed, index of the parameter, element) alone.
 */
import type { Draws } from './rng.js';

export type Initializer = (out: Float32Array, draws: Draws) => void;

export const zeros: Initializer = (out) => {
  out.fill(0);
};

export const ones: Initializer = (out) => {
  out.fill(1);
};

/** Normal about 0: as GPT-2 draws its weights, with a deviation of 0.02. */
export const normal =
  (deviation: number): Initializer =>
  (out, draws) => {
    for (let i = 0; i < out.length; i++) out[i] = deviation * draws.normal();
  };

/**
 * For the projections that end a residual branch (Radford et al. 2019): `branches` of them add up on the stream, whose
 * variance would grow with their number.
 */
export const scaledResidual = (deviation: number, branches: number): Initializer =>
  normal(deviation / Math.sqrt(branches));

/** Normal with variance 2 / fanIn (He et al. 2015): keeps the variance of activations through ReLU layers. */
export const he = (fanIn: number): Initializer => normal(Math.sqrt(2 / fanIn));

/** Uniform in ±√(6 / (fanIn + fanOut)) (Glorot & Bengio 2010): for layers that are linear about 0. */
export const xavier =
  (fanIn: number, fanOut: number): Initializer =>
  (out, draws) => {
    const limit = Math.sqrt(6 / (fanIn + fanOut));
    for (let i = 0; i < out.length; i++) out[i] = limit * (2 * draws.uniform() - 1);
  };
