/**
 * Cuts kernel calls into parts that write apart from one another, for several threads to take. How a call is cut depends on
 * its shape alone, and one thread walks the same parts as many: a BLAS gives a half of a product other bits than the whole.
 */
import type { KernelCall, KernelName } from '../call.js';
import { maskWords } from '../kernels/attention.js';
import { SQUARES_CHUNK } from '../kernels/kernels.js';
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

const rowSpans = (count: number, cols: number) => spans(count, (count * cols) / PART_ELEMENTS);

/** Parts that a matrix of `cols` columns is cut into by rows: each needs a place of its own for what it sums over rows. */
export const rowParts = (rows: number, cols: number): number => rowSpans(rows, cols).length;

/** (rows, cols, …): rows of the buffers at `positions`, single elements a row at `perRow`, and the part's own [cols] at `sums`. */
const rows =
  (positions: readonly number[], { perRow = [], sums = [] }: { perRow?: number[]; sums?: number[] } = {}): Cut =>
  (args) => {
    const [count, cols] = [args[0]!, args[1]!];
    return rowSpans(count, cols).map(([start, length], part) =>
      replaced(args, [
        [0, length],
        ...moved(args, positions, start * cols),
        ...moved(args, perRow, start),
        ...moved(args, sums, part * cols),
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

/**
 * Parts that the images or sequences of a batch are cut into: each needs a workspace of its own, which the layer reserves,
 * and a place for what it sums over rows.
 */
export const batchParts = (rows: number): number => spans(rows, MAX_BATCH_PARTS, 1).length;

/** (rows, …): whole rows of the buffers at the positions, so many elements each; what is the part's own; the number of its first row. */
const batch =
  (
    layout: (args: readonly number[]) => {
      rows: [position: number, elements: number][];
      own?: [position: number, elements: number][];
      firstRow?: number;
    },
  ): Cut =>
  (args) => {
    const { rows, own = [], firstRow } = layout(args);
    return spans(args[0]!, MAX_BATCH_PARTS, 1).map(([start, count], part) =>
      replaced(args, [
        [0, count],
        ...rows.flatMap(([position, size]) => moved(args, [position].filter(isBuffer(args)), start * size)),
        ...own.flatMap(([position, size]) => moved(args, [position].filter(isBuffer(args)), part * size)),
        ...(firstRow === undefined ? [] : [[firstRow, args[firstRow]! + start] as const]),
      ]),
    );
  };

/** Elements of an image, of what a convolution makes of it, and of its columns. */
function convolutionSizes(args: readonly number[]) {
  const [, channels, height, width, filters, kernel, stride, padding] = args as KernelCall<'conv2d'>['args'];
  const window = { kernel, stride, padding };
  const pixels = windowPlaces(height, window) * windowPlaces(width, window);
  const taps = channels * kernel ** 2;
  return {
    image: channels * height * width,
    output: filters * pixels,
    columns: taps * pixels,
    weights: filters * taps,
  };
}

/** Elements of a sequence's positions side by side, of its square of scores, and words of its mask of dropout. */
function attentionSizes(args: readonly number[]) {
  const [, heads, time, headSize] = args as KernelCall<'attention'>['args'];
  const queries = heads * time;
  return {
    time,
    sequence: queries * headSize,
    square: time ** 2,
    squares: queries * time,
    keep: queries * maskWords(time),
  };
}

const conv2d = batch((args) => {
  const { image, output, columns } = convolutionSizes(args);
  const [X, Y, COLUMNS] = [8, 10, 11];
  return {
    rows: [
      [X, image],
      [Y, output],
    ],
    own: [[COLUMNS, columns]],
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
    own: [[COLUMNS, columns]],
  };
});

const conv2dBackwardWeight = batch((args) => {
  const { image, output, columns, weights } = convolutionSizes(args);
  const [X, DY, SUMS, COLUMNS] = [8, 9, 10, 11];
  return {
    rows: [
      [X, image],
      [DY, output],
    ],
    own: [
      [SUMS, weights],
      [COLUMNS, columns],
    ],
  };
});

// (rows, channels, pixels, x, bias, y)
const channelBias = batch(([, channels, pixels]) => ({
  rows: [
    [3, channels! * pixels!],
    [5, channels! * pixels!],
  ],
}));

// (rows, channels, pixels, x, sums)
const channelSums = batch(([, channels, pixels]) => ({ rows: [[3, channels! * pixels!]], own: [[4, channels!]] }));

/** (planes, …): whole planes of the buffers at the positions, so many elements each. */
const planes =
  (layout: (args: readonly number[]) => { elements: number; buffers: [position: number, elements: number][] }): Cut =>
  (args) => {
    const { elements, buffers } = layout(args);
    return spans(args[0]!, (args[0]! * elements) / PART_ELEMENTS, 1).map(([start, count]) =>
      replaced(args, [[0, count], ...buffers.flatMap(([position, size]) => moved(args, [position], start * size))]),
    );
  };

// (planes, height, width, kernel, stride, padding, x, y, argmax)
const maxPool2d = planes((args) => {
  const [, height, width, kernel, stride, padding] = args as KernelCall<'maxPool2d'>['args'];
  const window = { kernel, stride, padding };
  const output = windowPlaces(height, window) * windowPlaces(width, window);
  const buffers: [number, number][] = [
    [6, height * width],
    [7, output],
    [8, output],
  ];
  return { elements: height * width, buffers };
});

// (planes, inputPixels, outputPixels, dy, argmax, dx)
const maxPool2dBackward = planes(([, input, output]) => {
  const buffers: [number, number][] = [
    [3, output!],
    [4, output!],
    [5, input!],
  ];
  return { elements: input!, buffers };
});

/** (planes, height, width, kernel, stride, …), the input and the output plane at the positions. */
const avgPool2d = (inputAt: number, outputAt: number): Cut =>
  planes((args) => {
    const [, height, width, kernel, stride] = args as KernelCall<'avgPool2d'>['args'];
    const window = { kernel, stride, padding: 0 };
    const output = windowPlaces(height, window) * windowPlaces(width, window);
    const buffers: [number, number][] = [
      [inputAt, height * width],
      [outputAt, output],
    ];
    return { elements: height * width, buffers };
  });

const attention = batch((args) => {
  const { time, sequence, square, squares, keep } = attentionSizes(args);
  const [KEY_MASK, QKV, PROBABILITIES, Y, FIRST_ROW, KEEP, DROPPED] = [5, 6, 7, 8, 13, 14, 15];
  return {
    rows: [
      [KEY_MASK, time],
      [QKV, 3 * sequence],
      [PROBABILITIES, squares],
      [Y, sequence],
      [KEEP, keep],
    ],
    own: [[DROPPED, square]],
    firstRow: FIRST_ROW,
  };
});

const attentionBackward = batch((args) => {
  const { sequence, square, squares, keep } = attentionSizes(args);
  const [QKV, PROBABILITIES, DY, DQKV, SCORES, KEEP, DROPPED] = [5, 6, 7, 8, 9, 11, 12];
  return {
    rows: [
      [QKV, 3 * sequence],
      [PROBABILITIES, squares],
      [DY, sequence],
      [DQKV, 3 * sequence],
      [KEEP, keep],
    ],
    own: [
      [SCORES, square],
      [DROPPED, square],
    ],
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
