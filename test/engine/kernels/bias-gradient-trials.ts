/** What derivatives with the bias' gradient are tried on: every remainder of the lanes, and more than one block of the cache. */
import type { BiasGradientKernels } from '../../../src/engine/kernels/bias-gradients.js';
import { Draws, streamNumber } from '../../../src/engine/rng.js';
import { type Trial, trial } from './trial.js';

const draws = new Draws(25, streamNumber('init'));
const normals = (n: number) => Float32Array.from({ length: n }, () => draws.normal());

const GRIDS = [
  [1, 1],
  [3, 2],
  [7, 5],
  [6, 19],
  [70, 33],
  [3, 9000],
  [900, 35],
] as const;

/** Outputs of every activation lie above this negative side, and those of softplus above 0. */
const PARAMETER = 0.3;
const outputs = (n: number, kernel: string) =>
  normals(n).map((y) => (kernel === 'biasSoftplusBackward' ? Math.abs(y) : Math.max(y, -PARAMETER)));

/** What takes no parameter does not look at it. */
function biasTrials(kernel: Exclude<keyof BiasGradientKernels, 'biasIdentityBackward' | 'channelBiasReluBackward'>) {
  return GRIDS.flatMap(([rows, cols]) =>
    (['dx', 'dy'] as const).map((out) => {
      const n = rows * cols;
      const buffers = { y: outputs(n, kernel), dy: normals(n), dx: new Float32Array(n), sums: normals(cols) };
      return trial(`${kernel} ${rows}×${cols} into ${out}`, buffers, (kernels, at) =>
        kernels[kernel](rows, cols, at.y, at.dy, at[out], at.sums, PARAMETER),
      );
    }),
  );
}

const CHANNELS = [
  [1, 1, 1],
  [2, 3, 5],
  [3, 2, 16],
  [7, 3, 121],
  [3, 40, 225],
  [60, 5, 121],
] as const;

export const biasGradientTrials: { readonly [K in keyof BiasGradientKernels]: Trial[] } = {
  biasIdentityBackward: GRIDS.map(([rows, cols]) =>
    trial(`biasIdentityBackward ${rows}×${cols}`, { dy: normals(rows * cols), sums: normals(cols) }, (kernels, at) =>
      kernels.biasIdentityBackward(rows, cols, at.dy, at.sums),
    ),
  ),
  biasReluBackward: biasTrials('biasReluBackward'),
  biasSigmoidBackward: biasTrials('biasSigmoidBackward'),
  biasTanhBackward: biasTrials('biasTanhBackward'),
  biasSoftplusBackward: biasTrials('biasSoftplusBackward'),
  biasLeakyReluBackward: biasTrials('biasLeakyReluBackward'),
  biasEluBackward: biasTrials('biasEluBackward'),
  biasMultiplyBackward: biasTrials('biasMultiplyBackward'),
  channelBiasReluBackward: CHANNELS.map(([rows, channels, pixels]) => {
    const n = rows * channels * pixels;
    return trial(
      `channelBiasReluBackward ${rows}×${channels}×${pixels}`,
      { y: outputs(n, 'channelBiasReluBackward'), dy: normals(n), sums: normals(channels) },
      (kernels, at) => kernels.channelBiasReluBackward(rows, channels, pixels, at.y, at.dy, at.dy, at.sums),
    );
  }),
};
