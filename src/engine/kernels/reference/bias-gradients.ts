/** The kernels of ../bias-gradients.ts as their definition has them: the derivative of all, then the sums of all. */
import type { ParametricBackward } from '../activation-kernels.js';
import type { BiasGradientKernels, BiasGradientParts } from '../bias-gradients.js';

export function biasGradientKernels(kernels: BiasGradientParts): BiasGradientKernels {
  const withSums =
    (backward: ParametricBackward) =>
    (rows: number, cols: number, y: number, dy: number, dx: number, sums: number, parameter = 0) => {
      backward(rows * cols, y, dy, dx, parameter);
      kernels.columnSums(rows, cols, dx, sums);
    };

  return {
    biasIdentityBackward: kernels.columnSums,
    biasReluBackward: withSums(kernels.reluBackward),
    biasSigmoidBackward: withSums(kernels.sigmoidBackward),
    biasTanhBackward: withSums(kernels.tanhBackward),
    biasSoftplusBackward: withSums(kernels.softplusBackward),
    biasLeakyReluBackward: withSums(kernels.leakyReluBackward),
    biasEluBackward: withSums(kernels.eluBackward),
    biasMultiplyBackward: withSums(kernels.multiply),

    channelBiasReluBackward(rows, channels, pixels, y, dy, dx, sums) {
      kernels.reluBackward(rows * channels * pixels, y, dy, dx);
      kernels.channelSums(rows, channels, pixels, dx, sums);
    },
  };
}
