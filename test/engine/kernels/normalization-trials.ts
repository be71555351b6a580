/** What the normalisations' kernels are tried on: rows and channels of every remainder, with a mean that is not 0. */
import type { NormalizationKernels } from '../../../src/engine/kernels/normalization-kernels.js';
import { Draws, streamNumber } from '../../../src/engine/rng.js';
import { type Trial, trial } from './trial.js';

const draws = new Draws(23, streamNumber('init'));
const normals = (n: number) => Float32Array.from({ length: n }, () => draws.normal());
const positives = (n: number) => Float32Array.from({ length: n }, () => 0.5 + draws.uniform());
const shifted = (n: number) => Float32Array.from({ length: n }, () => 3 + 2 * draws.normal());

const EPSILON = 1e-5;
const MOMENTUM = 0.1;

const GRIDS = [
  [1, 1],
  [3, 2],
  [5, 3],
  [2, 4],
  [7, 5],
  [4, 16],
  [6, 19],
  [9, 130],
] as const;

/** [outer, channels, inner] */
const CHANNELS = [
  [2, 1, 1],
  [7, 3, 1],
  [5, 4, 1],
  [300, 6, 1],
  [64, 17, 1],
  [3, 4, 25],
  [2, 5, 2],
  [1, 3, 7],
  [6, 2, 64],
] as const;

export const normalizationTrials: { [K in keyof NormalizationKernels]: Trial[] } = {
  layerNorm: GRIDS.map(([rows, cols]) =>
    trial(
      `layerNorm ${rows}×${cols}`,
      {
        x: shifted(rows * cols),
        gamma: normals(cols),
        beta: normals(cols),
        y: new Float32Array(rows * cols),
        mean: new Float32Array(rows),
        inverse: new Float32Array(rows),
      },
      (kernels, at) => kernels.layerNorm(rows, cols, at.x, at.gamma, at.beta, at.y, at.mean, at.inverse, EPSILON),
    ),
  ),
  addLayerNorm: GRIDS.map(([rows, cols]) =>
    trial(
      `addLayerNorm ${rows}×${cols}`,
      {
        a: shifted(rows * cols),
        b: normals(rows * cols),
        sum: new Float32Array(rows * cols),
        gamma: normals(cols),
        beta: normals(cols),
        y: new Float32Array(rows * cols),
        mean: new Float32Array(rows),
        inverse: new Float32Array(rows),
      },
      (kernels, { a, b, sum, gamma, beta, y, mean, inverse }) =>
        kernels.addLayerNorm(rows, cols, a, b, sum, gamma, beta, y, mean, inverse, EPSILON),
    ),
  ),
  layerNormBackward: GRIDS.flatMap(([rows, cols]) =>
    ['dx', 'dy'].map((out) =>
      trial(
        `layerNormBackward ${rows}×${cols} into ${out}`,
        {
          x: shifted(rows * cols),
          gamma: normals(cols),
          mean: shifted(rows),
          inverse: positives(rows),
          dy: normals(rows * cols),
          dx: new Float32Array(rows * cols),
          dGamma: normals(cols),
          dBeta: normals(cols),
        },
        (kernels, at) => {
          const dx = out === 'dx' ? at.dx : at.dy;
          kernels.layerNormBackward(rows, cols, at.x, at.gamma, at.mean, at.inverse, at.dy, dx, at.dGamma, at.dBeta);
        },
      ),
    ),
  ),

  batchStatistics: CHANNELS.map(([outer, channels, inner]) =>
    trial(
      `batchStatistics ${outer}×${channels}×${inner}`,
      {
        x: shifted(outer * channels * inner),
        mean: new Float32Array(channels),
        inverse: new Float32Array(channels),
        runningMean: normals(channels),
        runningVariance: positives(channels),
      },
      (kernels, at) => {
        const { mean, inverse, runningMean, runningVariance } = at;
        const size = [outer, channels, inner] as const;
        kernels.batchStatistics(...size, at.x, mean, inverse, runningMean, runningVariance, MOMENTUM, EPSILON);
      },
    ),
  ),
  inverseRoot: [0, 1, 3, 4, 6, 19].map((n) =>
    trial(`inverseRoot of ${n}`, { x: positives(n), y: new Float32Array(n) }, (kernels, at) =>
      kernels.inverseRoot(n, at.x, at.y, EPSILON),
    ),
  ),
  normalizeChannels: CHANNELS.flatMap(([outer, channels, inner]) =>
    ['y', 'x'].map((out) =>
      trial(
        `normalizeChannels ${outer}×${channels}×${inner} into ${out}`,
        {
          x: shifted(outer * channels * inner),
          mean: shifted(channels),
          inverse: positives(channels),
          gamma: normals(channels),
          beta: normals(channels),
          y: new Float32Array(outer * channels * inner),
        },
        (kernels, at) => {
          const y = out === 'y' ? at.y : at.x;
          kernels.normalizeChannels(outer, channels, inner, at.x, at.mean, at.inverse, at.gamma, at.beta, y);
        },
      ),
    ),
  ),
  channelGradientSums: CHANNELS.map(([outer, channels, inner]) =>
    trial(
      `channelGradientSums ${outer}×${channels}×${inner}`,
      {
        x: shifted(outer * channels * inner),
        mean: shifted(channels),
        inverse: positives(channels),
        dy: normals(outer * channels * inner),
        sumDy: new Float32Array(channels),
        sumDyX: new Float32Array(channels),
      },
      (kernels, at) => {
        const size = [outer, channels, inner] as const;
        kernels.channelGradientSums(...size, at.x, at.mean, at.inverse, at.dy, at.sumDy, at.sumDyX);
      },
    ),
  ),
  batchNormBackward: CHANNELS.flatMap(([outer, channels, inner]) =>
    ['dx', 'dy'].map((out) =>
      trial(
        `batchNormBackward ${outer}×${channels}×${inner} into ${out}`,
        {
          x: shifted(outer * channels * inner),
          mean: shifted(channels),
          inverse: positives(channels),
          gamma: normals(channels),
          sumDy: normals(channels),
          sumDyX: normals(channels),
          dy: normals(outer * channels * inner),
          dx: new Float32Array(outer * channels * inner),
        },
        (kernels, at) => {
          const size = [outer, channels, inner] as const;
          const { x, mean, inverse, gamma, sumDy, sumDyX, dy } = at;
          kernels.batchNormBackward(...size, x, mean, inverse, gamma, sumDy, sumDyX, dy, out === 'dx' ? at.dx : dy);
        },
      ),
    ),
  ),
};
