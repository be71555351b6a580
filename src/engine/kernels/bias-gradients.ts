/**
 * The contract of an activation's derivative together with the gradient of the bias below it, and how it is made of other
 * kernels: block by block, dx is summed while it stands in the cache, and not read again from memory once all of it is written.
 */
import type { ParametricBackward } from './activation-kernels.js';
import type { Kernels, Pointer } from './kernels.js';

/** `dx[r,c] = dy[r,c] · f'(·)` by the output y; `sums[c] += Σ_r dx[r,c]`, sums of each part the rows are cut into; dx may be dy. */
type BiasBackward = (rows: number, cols: number, y: Pointer, dy: Pointer, dx: Pointer, sums: Pointer) => void;
type ParametricBiasBackward = (...args: [...Parameters<BiasBackward>, parameter: number]) => void;

export interface BiasGradientKernels {
  /** `sums[c] += Σ_r dy[r,c]`, where there is no activation */
  readonly biasIdentityBackward: (rows: number, cols: number, dy: Pointer, sums: Pointer) => void;
  readonly biasReluBackward: BiasBackward;
  readonly biasSigmoidBackward: BiasBackward;
  readonly biasTanhBackward: BiasBackward;
  readonly biasSoftplusBackward: BiasBackward;
  readonly biasLeakyReluBackward: ParametricBiasBackward;
  readonly biasEluBackward: ParametricBiasBackward;
  /** The derivative itself, which forward saved, stands in the place of y. */
  readonly biasMultiplyBackward: BiasBackward;
  /** Of images: (rows, channels, pixels, y, dy, dx, sums), `sums[c] += Σ_{r,p} dx[r,c,p]` */
  readonly channelBiasReluBackward: (rows: number, ...args: Parameters<BiasBackward>) => void;
}

/** What it is made of. */
export type BiasGradientParts = Pick<
  Kernels,
  | 'reluBackward'
  | 'sigmoidBackward'
  | 'tanhBackward'
  | 'softplusBackward'
  | 'leakyReluBackward'
  | 'eluBackward'
  | 'multiply'
  | 'columnSums'
  | 'channelSums'
>;

/** Of y, dy and dx 64 KiB each, which the second-level cache holds. */
const BLOCK_ELEMENTS = 16_384;

/** Visits blocks of whole rows: how many, and the bytes before them. */
function eachBlock(rows: number, rowElements: number, visit: (count: number, bytes: number) => void): void {
  const most = Math.max(1, Math.floor(BLOCK_ELEMENTS / rowElements));
  for (let row = 0; row < rows; row += most) visit(Math.min(most, rows - row), 4 * row * rowElements);
}

export function biasGradientsFrom(kernels: BiasGradientParts): BiasGradientKernels {
  const { columnSums, channelSums, reluBackward } = kernels;

  /** A derivative without a parameter does not look at the one it is given. */
  const withSums =
    (backward: ParametricBackward) =>
    (rows: number, cols: number, y: Pointer, dy: Pointer, dx: Pointer, sums: Pointer, parameter = 0) =>
      eachBlock(rows, cols, (count, bytes) => {
        backward(count * cols, y + bytes, dy + bytes, dx + bytes, parameter);
        columnSums(count, cols, dx + bytes, sums);
      });

  return {
    biasIdentityBackward: columnSums,
    biasReluBackward: withSums(reluBackward),
    biasSigmoidBackward: withSums(kernels.sigmoidBackward),
    biasTanhBackward: withSums(kernels.tanhBackward),
    biasSoftplusBackward: withSums(kernels.softplusBackward),
    biasLeakyReluBackward: withSums(kernels.leakyReluBackward),
    biasEluBackward: withSums(kernels.eluBackward),
    biasMultiplyBackward: withSums(kernels.multiply),

    channelBiasReluBackward: (rows, channels, pixels, y, dy, dx, sums) =>
      eachBlock(rows, channels * pixels, (count, bytes) => {
        reluBackward(count * channels * pixels, y + bytes, dy + bytes, dx + bytes);
        channelSums(count, channels, pixels, dx + bytes, sums);
      }),
  };
}
