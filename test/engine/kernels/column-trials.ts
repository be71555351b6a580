/** What the kernels on columns are tried on: every remainder of a vector, codes that repeat, and what is no code. */
import type { ColumnKernels } from '../../../src/engine/kernels/column-kernels.js';
import { Draws, streamNumber } from '../../../src/engine/rng.js';
import { type Trial, trial } from './trial.js';

const draws = new Draws(31, streamNumber('init'));
const normals = (n: number) => Float32Array.from({ length: n }, () => draws.normal());
const WIDTHS = [1, 3, 4, 9, 16];
const [ROWS, VOCABULARY] = [40, 7];

/** Rows of three, a code in the middle of each. */
function codes(): Float32Array {
  const x = normals(3 * ROWS);
  for (let r = 0; r < ROWS; r++) x[3 * r + 1] = draws.integer(VOCABULARY);
  [Number.NaN, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, -3, -0.5, VOCABULARY, 3e9, 2.9].forEach(
    (code, r) => {
      x[3 * r + 1] = code;
    },
  );
  return x;
}

export const columnTrials: { readonly [K in keyof ColumnKernels]: Trial[] } = {
  copyColumns: WIDTHS.map((cols) =>
    trial(
      `copyColumns ${cols} of ${cols + 2}`,
      { x: normals(ROWS * (cols + 2)), y: normals(ROWS * (cols + 5)) },
      (kernels, at) => kernels.copyColumns(ROWS, cols, at.x + 4, cols + 2, at.y + 8, cols + 5),
    ),
  ),
  gatherByCode: WIDTHS.map((width) =>
    trial(
      `gatherByCode ${ROWS}×${width} of ${VOCABULARY}`,
      { x: codes(), weight: normals(VOCABULARY * width), y: normals(ROWS * (width + 3)) },
      (kernels, at) => kernels.gatherByCode(ROWS, width, VOCABULARY, at.x + 4, 3, at.weight, at.y + 8, width + 3),
    ),
  ),
  scatterByCode: WIDTHS.map((width) =>
    trial(
      `scatterByCode ${ROWS}×${width} to ${VOCABULARY}`,
      { x: codes(), dy: normals(ROWS * (width + 3)), dWeight: normals(VOCABULARY * width) },
      (kernels, at) => kernels.scatterByCode(ROWS, width, VOCABULARY, at.x + 4, 3, at.dy + 8, width + 3, at.dWeight),
    ),
  ),
};
