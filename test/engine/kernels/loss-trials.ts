/** What the losses of loss-kernels.ts are tried on: rows of every remainder, errors on both sides of Huber's delta. */
import type { LossKernels } from '../../../src/engine/kernels/loss-kernels.js';
import { Draws, streamNumber } from '../../../src/engine/rng.js';
import { type Trial, trial } from './trial.js';

const draws = new Draws(24, streamNumber('init'));
const normals = (n: number, deviation = 1) => Float32Array.from({ length: n }, () => deviation * draws.normal());
const uniforms = (n: number) => Float32Array.from({ length: n }, () => draws.uniform());

const GRIDS = [
  [1, 1],
  [3, 2],
  [5, 3],
  [2, 4],
  [7, 5],
  [4, 16],
  [6, 19],
  [80, 33],
] as const;

function errorTrials(kernel: 'absoluteError' | 'huberError'): Trial[] {
  return GRIDS.flatMap(([rows, cols]) =>
    [1, 1e15].map((deviation) => {
      const prediction = normals(rows * cols, deviation);
      const targets = normals(rows * cols, deviation).map((t, i) => (i % 5 === 0 ? prediction[i]! : t));
      const buffers = { prediction, targets, gradient: new Float32Array(rows * cols), sum: Float64Array.of(1) };
      return trial(`${kernel} ${rows}×${cols} around ${deviation}`, buffers, (kernels, at) =>
        kernels[kernel](rows, cols, at.prediction, at.targets, at.gradient, at.sum, 0.7),
      );
    }),
  );
}

/** Each row shared by two classes, which may be the same. */
function sharedRows(rows: number, classes: number): Float32Array {
  const shares = new Float32Array(rows * classes);
  for (let row = 0; row < rows; row++) {
    const share = draws.uniform();
    shares[row * classes + draws.integer(classes)]! += share;
    shares[row * classes + draws.integer(classes)]! += 1 - share;
  }
  return shares;
}

export const lossTrials: { [K in keyof LossKernels]: Trial[] } = {
  absoluteError: errorTrials('absoluteError'),
  huberError: errorTrials('huberError'),
  binaryCrossEntropy: GRIDS.flatMap(([rows, cols]) =>
    [false, true].map((weighted) => {
      const prediction = uniforms(rows * cols);
      // Probabilities of exactly 0 and 1, on targets of 0 and 1, for and against.
      const targets = uniforms(rows * cols).map((t, i) => (i % 3 === 0 ? t : i % 2));
      prediction.forEach((_, i) => {
        if (i % 7 < 2) prediction[i] = i % 7;
      });
      const buffers = {
        prediction,
        targets,
        weights: uniforms(rows),
        gradient: new Float32Array(rows * cols),
        sum: Float64Array.of(1),
      };
      return trial(`binaryCrossEntropy ${rows}×${cols}${weighted ? ' weighted' : ''}`, buffers, (kernels, at) =>
        kernels.binaryCrossEntropy(
          rows,
          cols,
          at.prediction,
          at.targets,
          weighted ? at.weights : 0,
          at.gradient,
          at.sum,
        ),
      );
    }),
  ),
  smoothedCrossEntropy: GRIDS.flatMap(([rows, classes]) =>
    [false, true].flatMap((weighted) =>
      [3, 300].map((deviation) =>
        trial(
          `smoothedCrossEntropy ${rows}×${classes}${weighted ? ' weighted' : ''}, logits around ${deviation}`,
          {
            logits: normals(rows * classes, deviation),
            targets: Int32Array.from({ length: rows }, (_, row) => (row % 4 === 3 ? -1 : draws.integer(classes))),
            weights: uniforms(classes),
            gradient: normals(rows * classes),
            sum: Float64Array.of(1),
          },
          (kernels, at) => {
            const weights = weighted ? at.weights : 0;
            kernels.smoothedCrossEntropy(rows, classes, at.logits, at.targets, weights, 0.1, at.gradient, at.sum);
          },
        ),
      ),
    ),
  ),
  softCrossEntropy: GRIDS.flatMap(([rows, classes]) =>
    [0, 0.1].flatMap((smoothing) =>
      [false, true].map((weighted) =>
        trial(
          `softCrossEntropy ${rows}×${classes}${weighted ? ' weighted' : ''}, smoothing ${smoothing}`,
          {
            logits: normals(rows * classes, 30),
            targets: sharedRows(rows, classes),
            weights: uniforms(classes),
            gradient: normals(rows * classes),
            sum: Float64Array.of(1),
          },
          (kernels, at) => {
            const weights = weighted ? at.weights : 0;
            kernels.softCrossEntropy(rows, classes, at.logits, at.targets, weights, smoothing, at.gradient, at.sum);
          },
        ),
      ),
    ),
  ),
  affine: [0, 1, 3, 4, 6, 19].map((n) =>
    trial(`affine of ${n}`, { x: normals(n) }, (kernels, at) => kernels.affine(n, at.x, at.x, 2.5, 1)),
  ),
};
