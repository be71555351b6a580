/** What the updates of update-kernels.ts are tried on: every remainder, and state about to become denormal. */
import type { UpdateKernels } from '../../../src/engine/kernels/update-kernels.js';
import { Draws, streamNumber } from '../../../src/engine/rng.js';
import { type Trial, trial } from './trial.js';

const draws = new Draws(25, streamNumber('init'));
const normals = (n: number, deviation = 1) => Float32Array.from({ length: n }, () => deviation * draws.normal());
const positives = (n: number, scale: number) => Float32Array.from({ length: n }, () => scale * (0.1 + draws.uniform()));

const COUNTS = [...Array.from({ length: 20 }, (_, n) => n), 64, 1027];

export const updateTrials: { [K in keyof UpdateKernels]: Trial[] } = {
  clamp: COUNTS.map((n) =>
    trial(`clamp of ${n}`, { x: normals(n).map((x, i) => (i === 5 ? Number.NaN : x)) }, (kernels, at) =>
      kernels.clamp(n, at.x, 0.5),
    ),
  ),
  adamw: [1, 1e-20].flatMap((deviation) =>
    COUNTS.map((n) =>
      trial(
        `adamw of ${n}, gradients around ${deviation}`,
        {
          w: normals(n),
          g: normals(n, deviation),
          m: normals(n, deviation),
          v: positives(n, deviation ** 2),
          hyper: Float32Array.of(0.003, 1.7, 0.01),
        },
        (kernels, at) => kernels.adamw(n, at.w, at.g, at.m, at.v, at.hyper, 0.9, 0.999, 1e-8),
      ),
    ),
  ),
  adagrad: COUNTS.map((n) =>
    trial(
      `adagrad of ${n}`,
      { w: normals(n), g: normals(n), s: positives(n, 1), rate: Float32Array.of(0.05) },
      (kernels, at) => kernels.adagrad(n, at.w, at.g, at.s, at.rate, 1e-10),
    ),
  ),
  rmsprop: COUNTS.flatMap((n) =>
    [0, 1, 2, 3].map((options) => {
      const [centered, momentum] = [(options & 1) !== 0, (options & 2) !== 0];
      const mean = normals(n, 0.3);
      return trial(
        `rmsprop of ${n}${centered ? ' centred' : ''}${momentum ? ' with momentum' : ''}`,
        {
          w: normals(n),
          g: normals(n),
          s: positives(n, 1).map((s, i) => s + mean[i]! ** 2),
          mean,
          velocity: normals(n),
          rate: Float32Array.of(0.01),
        },
        (kernels, at) => {
          const [center, velocity] = [centered ? at.mean : 0, momentum ? at.velocity : 0];
          kernels.rmsprop(n, at.w, at.g, at.s, center, velocity, at.rate, 0.99, 0.9, 1e-8);
        },
      );
    }),
  ),
  movingAverage: COUNTS.map((n) =>
    trial(`movingAverage of ${n}`, { w: normals(n), average: normals(n) }, (kernels, at) =>
      kernels.movingAverage(n, at.w, at.average, 0.99),
    ),
  ),
};
