/**
 * Cuts kernel calls into parts that write apart from one another, for several threads to take. How a call is cut depends on
 * its shape alone, and one thread walks the same parts as many: a BLAS gives a half of a product other bits than the whole.
 */
import type { KernelCall, KernelName } from '../call.js';
import { SQUARES_CHUNK } from '../kernels/kernels.js';
import { attention, attentionBackward } from './attention-cuts.js';
import {
  avgPool2d,
  channelBias,
  channelBiasReluBackward,
  channelSums,
  conv2d,
  conv2dBackwardInput,
  conv2dBackwardWeight,
  maxPool2d,
  maxPool2dBackward,
} from './image-cuts.js';
import { type Cut, elements, F32_BYTES, isBuffer, moved, PART_ELEMENTS, replaced, rows, spans } from './parts.js';

/**
 * Multiplications and additions from which a product is cut into 2, 4, 8: a BLAS is some 5 % slower on parts that small. The
 * first is where half of an output layer's narrow product outweighs a barrier: 4 % of a step of MLP 784 on two threads.
 */
const PRODUCT_FLOPS = [1.2e6, 128e6, 512e6];
/** Drawing a random number costs ten times what memory does. */
const PART_DRAWS = 4096;

/** The calls in order; those of a cut one carry their place among its parts. */
export function cutCalls(calls: readonly KernelCall[]): KernelCall[] {
  return calls.flatMap(byRows).flatMap((call) => {
    const parts = cuts[call.kernel]?.(call.args) ?? [];
    if (parts.length < 2) return [call];
    return parts.map((args, index) => ({
      kernel: call.kernel,
      args: args as KernelCall['args'],
      part: { index, of: parts.length },
    }));
  });
}

/**
 * Rows that one product sums over, of a gradient of weights: those of A are read down its columns, and a processor holds so
 * many pages at hand; and each part of the next call finds them in the second-level cache.
 */
const SUMMED_ROWS = 512;

/** AᵀB of many rows as a sum of products, one call after the other. */
function byRows(call: KernelCall): KernelCall[] {
  const { kernel, args } = call;
  if (kernel !== 'gemmTN') return [call];
  const [, , k, a, lda, b, ldb] = args as KernelCall<'gemmTN'>['args'];
  const [K, A, B, BETA] = [2, 3, 5, 9];
  return Array.from({ length: Math.ceil(k / SUMMED_ROWS) }, (_, index) => {
    const row = index * SUMMED_ROWS;
    const changes = [
      [K, Math.min(SUMMED_ROWS, k - row)],
      [A, a + row * lda * F32_BYTES],
      [B, b + row * ldb * F32_BYTES],
    ] as const;
    const further = index > 0 ? ([[BETA, 1]] as const) : [];
    return { kernel, args: replaced(args, [...changes, ...further]) as KernelCall['args'] };
  });
}

/** C is cut along its longer side: blocks of columns, or of rows. */
const product =
  (aTransposed: boolean, bTransposed: boolean): Cut =>
  (args) => {
    const [m, n, k, , lda, , ldb, , ldc] = args as KernelCall<'gemmNN'>['args'];
    const most = 2 ** PRODUCT_FLOPS.filter((flops) => 2 * m * n * k >= flops).length;
    const [A, B, C] = [3, 5, 7];
    if (n >= m) {
      return spans(n, most).map(([start, columns]) =>
        replaced(args, [
          [1, columns],
          ...moved(args, [B], bTransposed ? start * ldb : start),
          ...moved(args, [C], start),
        ]),
      );
    }
    return spans(m, most).map(([start, rows]) =>
      replaced(args, [
        [0, rows],
        ...moved(args, [A], aTransposed ? start : start * lda),
        ...moved(args, [C], start * ldc),
      ]),
    );
  };

// (n, x, y, rate, key, step, stream, mask, first): a word of the mask for 16 elements
const dropout: Cut = (args) => {
  const [n, , , , , , , , first] = args as KernelCall<'dropout'>['args'];
  const mask = [7].filter(isBuffer(args));
  return spans(n, n / PART_DRAWS).map(([start, count]) =>
    replaced(args, [[0, count], ...moved(args, [1, 2], start), ...moved(args, mask, start / 16), [8, first + start]]),
  );
};

// (n, dy, mask, dx, rate)
const dropoutBackward: Cut = (args) =>
  spans(args[0]!, args[0]! / PART_ELEMENTS).map(([start, count]) =>
    replaced(args, [[0, count], ...moved(args, [1, 3], start), ...moved(args, [2], start / 16)]),
  );

// (n, x, partials): whole chunks
const chunkSquares: Cut = (args) =>
  spans(args[0]!, args[0]! / PART_ELEMENTS, SQUARES_CHUNK).map(([start, count]) =>
    replaced(args, [
      [0, count],
      ...moved(args, [1], start),
      ...moved(args, [2], (2 * start) / SQUARES_CHUNK), // float64
    ]),
  );

// (rows, cols, y, dy, dx, sums, …)
const biasBackward = rows([2, 3, 4], { sums: [5] });

/** What is not listed stays whole: sums in a fixed order, and what is too small to matter. */
const cuts: { readonly [Name in KernelName]?: Cut } = {
  gemmNN: product(false, false),
  gemmTN: product(true, false),
  gemmNT: product(false, true),

  biasIdentity: rows([2, 4]),
  biasRelu: rows([2, 4]),
  biasSigmoid: rows([2, 4]),
  biasTanh: rows([2, 4]),
  biasLeakyRelu: rows([2, 4]),
  biasElu: rows([2, 4]),
  biasSoftplus: rows([2, 4]),
  biasSilu: rows([2, 4]),
  biasSiluWithDerivative: rows([2, 4, 5]),
  biasGeluTanh: rows([2, 4]),
  biasGeluTanhWithDerivative: rows([2, 4, 5]),
  biasGelu: rows([2, 4]),
  biasGeluWithDerivative: rows([2, 4, 5]),
  biasIdentityBackward: rows([2], { sums: [3] }),
  biasReluBackward: biasBackward,
  biasSigmoidBackward: biasBackward,
  biasTanhBackward: biasBackward,
  biasLeakyReluBackward: biasBackward,
  biasEluBackward: biasBackward,
  biasSoftplusBackward: biasBackward,
  biasMultiplyBackward: biasBackward,
  relu: elements(1, 2),
  sigmoid: elements(1, 2),
  tanh: elements(1, 2),
  leakyRelu: elements(1, 2),
  elu: elements(1, 2),
  softplus: elements(1, 2),
  silu: elements(1, 2),
  siluWithDerivative: elements(1, 2, 3),
  geluTanh: elements(1, 2),
  geluTanhWithDerivative: elements(1, 2, 3),
  leakyReluBackward: elements(1, 2, 3),
  eluBackward: elements(1, 2, 3),
  softplusBackward: elements(1, 2, 3),
  gelu: elements(1, 2),
  geluWithDerivative: elements(1, 2, 3),
  multiply: elements(1, 2, 3),
  reluBackward: elements(1, 2, 3),
  sigmoidBackward: elements(1, 2, 3),
  tanhBackward: elements(1, 2, 3),
  gatherRows: rows([5], { perRow: [4] }),
  dropout,
  dropoutBackward,
  layerNorm: rows([2, 5], { perRow: [6, 7] }),
  addLayerNorm: rows([2, 3, 4, 7], { perRow: [8, 9] }),
  layerNormBackward: rows([2, 6, 7], { perRow: [4, 5], sums: [8, 9] }),
  softmax: rows([2, 3]),
  add: elements(1, 2, 3),
  copy: elements(1, 2),
  conv2d,
  conv2dBackwardInput,
  conv2dBackwardWeight,
  channelBias,
  channelBiasRelu: channelBias,
  channelBiasReluBackward,
  channelSums,
  maxPool2d,
  maxPool2dBackward,
  avgPool2d: avgPool2d(5, 6),
  avgPool2dBackward: avgPool2d(6, 5),
  attention,
  attentionBackward,

  chunkSquares,
  scale: elements(1),
  penalties: elements(1, 2),
  sgd: elements(1, 2),
  sgdMomentum: elements(1, 2, 3),
  adam: elements(1, 2, 3, 4),
  adamw: elements(1, 2, 3, 4),
  adagrad: elements(1, 2, 3),
  rmsprop: elements(1, 2, 3, 4, 5),
  movingAverage: elements(1, 2),
};
