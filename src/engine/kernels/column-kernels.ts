/**
 * The part of the contract that works on some columns of wider rows: copies, and vectors for columns that hold codes. A
 * stride is the elements from row to row; columns may begin at any element of a row.
 */
import type { Pointer } from './kernels.js';

export interface ColumnKernels {
  /** `y[r · yStride + c] = x[r · xStride + c]`, c < cols */
  readonly copyColumns: (rows: number, cols: number, x: Pointer, xStride: number, y: Pointer, yStride: number) => void;
  /**
   * `y[r · yStride + c] = weight[code(r), c]`, c < width: code(r) is x[r · xStride], float32, without what follows the point;
   * 0 where that is no row of the weights [vocabulary, width]
   */
  readonly gatherByCode: (
    rows: number,
    width: number,
    vocabulary: number,
    x: Pointer,
    xStride: number,
    weight: Pointer,
    y: Pointer,
    yStride: number,
  ) => void;
  /** `dWeight[code(r), c] += dy[r · dyStride + c]`, in the order of r: the gradient of gatherByCode */
  readonly scatterByCode: (
    rows: number,
    width: number,
    vocabulary: number,
    x: Pointer,
    xStride: number,
    dy: Pointer,
    dyStride: number,
    dWeight: Pointer,
  ) => void;
}
