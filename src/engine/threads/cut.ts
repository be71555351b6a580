/**
 * Cuts kernel calls into parts that write apart from one another, for several threads to take. How a call is cut depends on
 * its shape alone, and one thread walks the same parts as many: a BLAS gives a half of a product other bits than the whole.
 */
import type { KernelCall, KernelName } from '../call.js';
import { windowPlaces } from '../kernels/window.js';

const F32_BYTES = 4;
const MAX_PARTS = 8;
/** Fewer, where each part needs a workspace. */
const MAX_BATCH_PARTS = 4;
/** Multiplications and additions from which a product is cut into 2, 4, 8: a BLAS is some 5 % slower on parts that small. */
const PRODUCT_FLOPS = [16e6, 128e6, 512e6];
/** Elements that make a part of what memory binds worth handing over; drawing random numbers costs ten times as much. */
const PART_ELEMENTS = 16_384;
const PART_DRAWS = 4096;
/** Parts begin on cache lines, so that no two threads write to one, and on whole blocks of random numbers. */
const ALIGN = 16;

/** The calls in order; those of a cut one carry their place among its parts. */
export function cutCalls(calls: readonly KernelCall[]): KernelCall[] {
  return calls.flatMap((call) => {
    const parts = cuts[call.kernel]?.(call.args) ?? [];
    if (parts.length < 2) return [call];
    return parts.map((args, index) => ({
      kernel: call.kernel,
      args: args as KernelCall['args'],
      part: { index, of: parts.length },
    }));
  });
}

/** The arguments of each part; fewer than two: leave the call whole. */
type Cut = (args: readonly number[]) => number[][];

/** [start, length] of each of the parts that `count` is cut into: a power of two of them, so that any number of threads has alike. */
function spans(count: number, most: number, align = ALIGN): [number, number][] {
  const parts = 2 ** Math.floor(Math.log2(Math.max(1, Math.min(MAX_PARTS, most, Math.floor(count / align)))));
  const length = Math.ceil(count / parts / align) * align;
  const starts = Array.from({ length: Math.ceil(count / length) }, (_, index) => index * length);
  return starts.map((start) => [start, Math.min(length, count - start)]);
}

/** `args` with what stands at some positions replaced. */
function replaced(args: readonly number[], changes: readonly (readonly [position: number, value: number])[]): number[] {
  const copy = [...args];
  for (const [position, value] of changes) copy[position] = value;
  return copy;
}

const moved = (args: readonly number[], positions: readonly number[], elements: number) =>
  positions.map((position) => [position, args[position]! + elements * F32_BYTES] as const);

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

/** 0 stands for a buffer that is not there. */
const isBuffer = (args: readonly number[]) => (position: number) => args[position] !== 0;

/** (n, …): n elements of the buffers at `positions`. */
const elements =
  (...positions: number[]): Cut =>
  (args) =>
    spans(args[0]!, args[0]! / PART_ELEMENTS).map(([start, count]) =>
      replaced(args, [[0, count], ...moved(args, positions.filter(isBuffer(args)), start)]),
    );

/** (rows, cols, …): rows of the buffers at `positions`, and single elements a row at `perRow`. */
const rows =
  (positions: readonly number[], perRow: readonly number[] = []): Cut =>
  (args) => {
    const [count, cols] = [args[0]!, args[1]!];
    return spans(count, (count * cols) / PART_ELEMENTS).map(([start, length]) =>
      replaced(args, [[0, length], ...moved(args, positions, start * cols), ...moved(args, perRow, start)]),
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

/** Parts that the images or sequences of a batch are cut into: each needs a workspace of its own, which the layer reserves. */
export const batchParts = (rows: number): number => spans(rows, MAX_BATCH_PARTS, 1).length;

/** (rows, …): whole rows of the buffers at the positions, so many elements each; and the part's own workspace. */
const batch =
  (
    layout: (args: readonly number[]) => { rows: [position: number, elements: number][]; workspace?: [number, number] },
  ): Cut =>
  (args) => {
    const { rows, workspace } = layout(args);
    return spans(args[0]!, MAX_BATCH_PARTS, 1).map(([start, count], part) =>
      replaced(args, [
        [0, count],
        ...rows.flatMap(([position, size]) => moved(args, [position].filter(isBuffer(args)), start * size)),
        ...(workspace === undefined ? [] : moved(args, [workspace[0]], part * workspace[1])),
      ]),
    );
  };

/** Elements of an image, of what a convolution makes of it, and of its columns. */
function convolutionSizes(args: readonly number[]) {
  const [, channels, height, width, filters, kernel, stride, padding] = args as KernelCall<'conv2d'>['args'];
  const window = { kernel, stride, padding };
  const pixels = windowPlaces(height, window) * windowPlaces(width, window);
  return { image: channels * height * width, output: filters * pixels, columns: channels * kernel ** 2 * pixels };
}

/** Elements of a sequence's positions side by side, and of its square of scores. */
function attentionSizes(args: readonly number[]) {
  const [, heads, time, headSize] = args as KernelCall<'attention'>['args'];
  return { time, sequence: time * heads * headSize, square: time ** 2, squares: heads * time ** 2 };
}

const conv2d = batch((args) => {
  const { image, output, columns } = convolutionSizes(args);
  const [X, Y, COLUMNS] = [8, 10, 11];
  return {
    rows: [
      [X, image],
      [Y, output],
    ],
    workspace: [COLUMNS, columns],
  };
});

const conv2dBackwardInput = batch((args) => {
  const { image, output, columns } = convolutionSizes(args);
  const [DY, DX, COLUMNS] = [9, 10, 11];
  return {
    rows: [
      [DY, output],
      [DX, image],
    ],
    workspace: [COLUMNS, columns],
  };
});

const attention = batch((args) => {
  const { time, sequence, squares } = attentionSizes(args);
  const [KEY_MASK, QKV, PROBABILITIES, Y] = [5, 6, 7, 8];
  return {
    rows: [
      [KEY_MASK, time],
      [QKV, 3 * sequence],
      [PROBABILITIES, squares],
      [Y, sequence],
    ],
  };
});

const attentionBackward = batch((args) => {
  const { sequence, square, squares } = attentionSizes(args);
  const [QKV, PROBABILITIES, DY, DQKV, SCORES] = [5, 6, 7, 8, 9];
  return {
    rows: [
      [QKV, 3 * sequence],
      [PROBABILITIES, squares],
      [DY, sequence],
      [DQKV, 3 * sequence],
    ],
    workspace: [SCORES, square],
  };
});

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
  dropout,
  dropoutBackward,
  layerNorm: rows([2, 5], [6, 7]),
  softmax: rows([2, 3]),
  add: elements(1, 2, 3),
  copy: elements(1, 2),
  conv2d,
  conv2dBackwardInput,
  attention,
  attentionBackward,

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
