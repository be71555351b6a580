/** What every kernel is tried on: a table over all of them, so that a kernel without trials does not compile. */
import { type Kernels, SQUARES_CHUNK } from '../../../src/engine/kernels/kernels.js';
import { Draws, streamNumber } from '../../../src/engine/rng.js';
import { activationTrials } from './activation-trials.js';
import { biasGradientTrials } from './bias-gradient-trials.js';
import { columnTrials } from './column-trials.js';
import { imageTrials } from './image-trials.js';
import { lossTrials } from './loss-trials.js';
import { normalizationTrials } from './normalization-trials.js';
import { sequenceTrials } from './sequence-trials.js';
import { type Trial, trial } from './trial.js';
import { updateTrials } from './update-trials.js';

type KernelName = Exclude<keyof Kernels, 'name'>;

const draws = new Draws(20, streamNumber('init'));
const normals = (n: number, deviation = 1) => Float32Array.from({ length: n }, () => deviation * draws.normal());
const integers = (n: number, bound: number) => Int32Array.from({ length: n }, () => draws.integer(bound));
const uniforms = (n: number) => Float32Array.from({ length: n }, () => draws.uniform());

/** Every remainder of four and sixteen lanes, and past a chunk of a sum. */
const COUNTS = [...Array.from({ length: 34 }, (_, n) => n), 64, 100, 1027, 20_003];

/** Rows and columns of every remainder. */
const GRIDS = [
  [1, 1],
  [3, 2],
  [5, 3],
  [2, 4],
  [7, 5],
  [1, 7],
  [64, 2],
  [9, 10],
  [4, 16],
  [6, 19],
  [3, 33],
  [600, 21],
] as const;

const SPECIAL = Float32Array.of(
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  0,
  -0,
  1e30,
  -1e30,
  1000,
  -1000,
  88,
  -88,
  20,
  -20,
  0.625,
  1e-30,
  -1e-30,
  1e-42,
);

/** [m, n, k]: every remainder of a tile, vectors, and past each block (96 rows, 256 deep, 1024 columns). */
const GEMM_SHAPES = [
  [1, 1, 1],
  [1, 1, 37],
  [1, 2, 3],
  [1, 5, 4],
  [1, 64, 20],
  [1, 131, 65],
  [2, 16, 8],
  [2, 17, 1],
  [3, 4, 5],
  [5, 1, 7],
  [64, 1, 64],
  [31, 1, 130],
  [7, 7, 7],
  [8, 4, 9],
  [9, 13, 11],
  [13, 18, 33],
  [15, 20, 6],
  [16, 32, 64],
  [64, 128, 20],
  [64, 2, 64],
  [33, 100, 70],
  [103, 35, 300],
  [193, 50, 513],
  [20, 1043, 260],
  [2, 1, 0],
  [3, 18, 0],
] as const;

/** Matrices with rows apart by more than their length; C holds NaN where beta is 0, and in its gaps always. */
function gemmTrials(kernel: 'gemmNN' | 'gemmTN' | 'gemmNT'): Trial[] {
  return GEMM_SHAPES.flatMap(([m, n, k]) =>
    ([0, 1] as const).flatMap((beta) =>
      [0, 3].map((gap) => {
        const [aRows, aCols] = kernel === 'gemmTN' ? [k, m] : [m, k];
        const [bRows, bCols] = kernel === 'gemmNT' ? [n, k] : [k, n];
        const [lda, ldb, ldc] = [aCols + gap, bCols + 2 * gap, n + gap];
        const c = new Float32Array(m * ldc).fill(Number.NaN);
        if (beta === 1) for (let i = 0; i < m; i++) c.set(normals(n), i * ldc);
        return trial(
          `${kernel} ${m}×${n}×${k} beta ${beta} gap ${gap}`,
          { a: normals(aRows * lda), b: normals(bRows * ldb), c },
          (kernels, at) => kernels[kernel](m, n, k, at.a, lda, at.b, ldb, at.c, ldc, beta),
        );
      }),
    ),
  );
}

/** A NaN and an infinity reach the elements that depend on them, and no other. */
function gemmSpecialTrial(kernel: 'gemmNN' | 'gemmTN' | 'gemmNT'): Trial {
  const [m, n, k] = [19, 23, 40];
  const [a, b] = [normals(m * k), normals(k * n)];
  a[5] = Number.NaN;
  b[7] = Number.POSITIVE_INFINITY;
  a[m * k - 1] = 1e38;
  const lda = kernel === 'gemmTN' ? m : k;
  const ldb = kernel === 'gemmNT' ? k : n;
  return trial(`${kernel} with NaN, ∞ and 1e38`, { a, b, c: new Float32Array(m * n) }, (kernels, at) =>
    kernels[kernel](m, n, k, at.a, lda, at.b, ldb, at.c, n, 0),
  );
}

function elementwiseTrials(kernel: 'relu' | 'sigmoid' | 'tanh'): Trial[] {
  return [...COUNTS.map((n) => normals(n, 3)), SPECIAL].flatMap((x) => [
    trial(`${kernel} of ${x.length}`, { x, y: new Float32Array(x.length) }, (kernels, at) =>
      kernels[kernel](x.length, at.x, at.y),
    ),
    trial(`${kernel} of ${x.length} in place`, { x }, (kernels, at) => kernels[kernel](x.length, at.x, at.x)),
  ]);
}

function elementwiseBackwardTrials(kernel: 'reluBackward' | 'sigmoidBackward' | 'tanhBackward'): Trial[] {
  return [...COUNTS.map((n) => normals(n)), SPECIAL].flatMap((y) => {
    const n = y.length;
    return [
      trial(`${kernel} of ${n}`, { y, dy: normals(n), dx: new Float32Array(n) }, (kernels, at) =>
        kernels[kernel](n, at.y, at.dy, at.dx),
      ),
      trial(`${kernel} of ${n} in place`, { y, dy: normals(n) }, (kernels, at) =>
        kernels[kernel](n, at.y, at.dy, at.dy),
      ),
    ];
  });
}

function biasTrials(kernel: 'biasIdentity' | 'biasRelu' | 'biasSigmoid' | 'biasTanh'): Trial[] {
  return GRIDS.flatMap(([rows, cols]) => [
    trial(
      `${kernel} ${rows}×${cols}`,
      { x: normals(rows * cols, 2), bias: normals(cols), y: new Float32Array(rows * cols) },
      (kernels, at) => kernels[kernel](rows, cols, at.x, at.bias, at.y),
    ),
    trial(`${kernel} ${rows}×${cols} in place`, { x: normals(rows * cols, 2), bias: normals(cols) }, (kernels, at) =>
      kernels[kernel](rows, cols, at.x, at.bias, at.x),
    ),
  ]);
}

/** Losses of two matrices, with and without weights of rows; `sum` starts at 1, since it is added to. */
function pairLossTrials(
  kernel: 'sigmoidCrossEntropy' | 'squaredError',
  deviation: number,
  targetsOf: typeof normals,
): Trial[] {
  return GRIDS.flatMap(([rows, cols]) =>
    [false, true].map((weighted) =>
      trial(
        `${kernel} ${rows}×${cols}${weighted ? ' weighted' : ''}`,
        {
          x: normals(rows * cols, deviation),
          targets: targetsOf(rows * cols),
          weights: uniforms(rows),
          gradient: new Float32Array(rows * cols),
          sum: Float64Array.of(1),
        },
        (kernels, at) => kernels[kernel](rows, cols, at.x, at.targets, weighted ? at.weights : 0, at.gradient, at.sum),
      ),
    ),
  );
}

/** Rows whose logits reach ±1000, and rows with a NaN or an infinity among others without. */
function extremeLogits(rows: number, cols: number): Float32Array {
  const logits = normals(rows * cols, 400).map((x) => Math.max(-1000, Math.min(1000, x)));
  if (rows >= 5) {
    logits[cols] = Number.NaN;
    logits[3 * cols] = Number.NEGATIVE_INFINITY;
  }
  return logits;
}

export const trials: { [K in KernelName]: Trial[] } = {
  gemmNN: [...gemmTrials('gemmNN'), gemmSpecialTrial('gemmNN')],
  gemmTN: [...gemmTrials('gemmTN'), gemmSpecialTrial('gemmTN')],
  gemmNT: [...gemmTrials('gemmNT'), gemmSpecialTrial('gemmNT')],
  ...imageTrials,
  ...columnTrials,
  ...sequenceTrials,
  ...activationTrials,
  ...biasGradientTrials,
  ...normalizationTrials,
  ...lossTrials,
  ...updateTrials,

  biasIdentity: biasTrials('biasIdentity'),
  biasRelu: biasTrials('biasRelu'),
  biasSigmoid: biasTrials('biasSigmoid'),
  biasTanh: biasTrials('biasTanh'),
  relu: elementwiseTrials('relu'),
  sigmoid: elementwiseTrials('sigmoid'),
  tanh: elementwiseTrials('tanh'),
  reluBackward: elementwiseBackwardTrials('reluBackward'),
  sigmoidBackward: elementwiseBackwardTrials('sigmoidBackward'),
  tanhBackward: elementwiseBackwardTrials('tanhBackward'),

  columnSums: GRIDS.map(([rows, cols]) =>
    trial(`columnSums ${rows}×${cols}`, { x: normals(rows * cols), out: normals(cols) }, (kernels, at) =>
      kernels.columnSums(rows, cols, at.x, at.out),
    ),
  ),
  dropout: COUNTS.flatMap((n) =>
    [0, 0.2, 0.5, 0.999].map((rate, index) =>
      trial(
        `dropout of ${n} at ${rate}`,
        {
          x: normals(n),
          y: new Float32Array(n),
          key: Uint32Array.of(0xdeadbeef, 7),
          step: Uint32Array.of(4_000_000_000),
          mask: new Uint32Array(Math.ceil(n / 16)).fill(0xffff_ffff),
        },
        (kernels, at) => {
          const mask = index % 2 === 0 ? at.mask : 0;
          kernels.dropout(n, at.x, at.y, rate, at.key, at.step, streamNumber('dropout', 3), mask, 16 * index);
        },
      ),
    ),
  ),
  dropoutBackward: COUNTS.map((n) =>
    trial(
      `dropoutBackward of ${n}`,
      {
        dy: normals(n),
        mask: Uint32Array.from(integers(Math.ceil(n / 16), 2 ** 16)),
        dx: new Float32Array(n),
      },
      (kernels, at) => kernels.dropoutBackward(n, at.dy, at.mask, at.dx, 0.3),
    ),
  ),
  fill: COUNTS.map((n) => trial(`fill ${n}`, { x: normals(n) }, (kernels, at) => kernels.fill(n, at.x, 0.1))),
  scale: COUNTS.map((n) =>
    trial(`scale ${n}`, { x: normals(n), factor: Float32Array.of(0.3) }, (kernels, at) =>
      kernels.scale(n, at.x, at.factor),
    ),
  ),
  gatherRows: GRIDS.flatMap(([rows, cols]) =>
    [cols, 1].map((stride) =>
      trial(
        `gatherRows ${rows}×${cols} of 50, ${stride} apart`,
        { src: normals(50 * stride + cols), indices: integers(rows, 50), dst: new Float32Array(rows * cols) },
        (kernels, at) => kernels.gatherRows(rows, cols, at.src + 4, stride, at.indices, at.dst),
      ),
    ),
  ),

  softmaxCrossEntropy: GRIDS.flatMap(([rows, classes]) =>
    [normals(rows * classes, 3), extremeLogits(rows, classes)].flatMap((logits, extreme) =>
      [false, true].map((weighted) =>
        trial(
          `softmaxCrossEntropy ${rows}×${classes}${weighted ? ' weighted' : ''}${extreme ? ' extreme' : ''}`,
          {
            logits,
            targets: integers(rows, classes).map((target, row) => (row % 5 === 4 ? -1 : target)),
            weights: uniforms(rows),
            gradient: new Float32Array(rows * classes),
            sum: Float64Array.of(1),
          },
          (kernels, at) =>
            kernels.softmaxCrossEntropy(
              rows,
              classes,
              at.logits,
              at.targets,
              weighted ? at.weights : 0,
              at.gradient,
              at.sum,
            ),
        ),
      ),
    ),
  ),
  sigmoidCrossEntropy: [
    ...pairLossTrials('sigmoidCrossEntropy', 3, uniforms),
    ...pairLossTrials('sigmoidCrossEntropy', 1000, (n) => Float32Array.from(integers(n, 2))),
  ],
  squaredError: [...pairLossTrials('squaredError', 1, normals), ...pairLossTrials('squaredError', 1e15, normals)],
  softmax: GRIDS.flatMap(([rows, cols]) =>
    [normals(rows * cols, 3), extremeLogits(rows, cols)].flatMap((z) => [
      trial(`softmax ${rows}×${cols}`, { z, p: new Float32Array(rows * cols) }, (kernels, at) =>
        kernels.softmax(rows, cols, at.z, at.p),
      ),
      trial(`softmax ${rows}×${cols} in place`, { z }, (kernels, at) => kernels.softmax(rows, cols, at.z, at.z)),
    ]),
  ),

  chunkSquares: [1, 1e30].flatMap((deviation) =>
    COUNTS.map((n) =>
      trial(
        `chunkSquares of ${n} around ${deviation}`,
        { x: normals(n, deviation), partials: new Float64Array(Math.ceil(n / SQUARES_CHUNK)) },
        (kernels, at) => kernels.chunkSquares(n, at.x, at.partials),
      ),
    ),
  ),
  sumChunks: [0, 1, 2, 7, 100].map((chunks) =>
    trial(
      `sumChunks of ${chunks}`,
      { partials: Float64Array.from(normals(chunks)), out: Float64Array.of(5) },
      (kernels, at) => kernels.sumChunks(chunks, at.partials, at.out),
    ),
  ),
  penalties: COUNTS.map((n) =>
    trial(`penalties of ${n}`, { w: normals(n).map((w, i) => (i % 3 === 0 ? 0 : w)), g: normals(n) }, (kernels, at) =>
      kernels.penalties(n, at.w, at.g, 0.03, 0.01),
    ),
  ),
  sgd: COUNTS.map((n) =>
    trial(`sgd of ${n}`, { w: normals(n), g: normals(n), rate: Float32Array.of(0.05) }, (kernels, at) =>
      kernels.sgd(n, at.w, at.g, at.rate),
    ),
  ),
  sgdMomentum: COUNTS.flatMap((n) =>
    ([0, 1] as const).map((nesterov) =>
      trial(
        `sgdMomentum of ${n} nesterov ${nesterov}`,
        { w: normals(n), g: normals(n), v: normals(n), rate: Float32Array.of(0.05) },
        (kernels, at) => kernels.sgdMomentum(n, at.w, at.g, at.v, at.rate, 0.9, nesterov),
      ),
    ),
  ),
  adam: [1, 1e-25].flatMap((deviation) =>
    COUNTS.map((n) =>
      trial(
        `adam of ${n}, gradients around ${deviation}`,
        {
          w: normals(n),
          g: normals(n, deviation),
          m: normals(n, deviation),
          v: uniforms(n).map((v) => v * deviation ** 2),
          hyper: Float32Array.of(0.003, 1.7),
        },
        (kernels, at) => kernels.adam(n, at.w, at.g, at.m, at.v, at.hyper, 0.9, 0.999, 1e-8),
      ),
    ),
  ),
};
