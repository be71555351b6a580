/** The kernels of ../column-kernels.ts as plain loops. */
import type { EngineMemory } from '../../memory.js';
import type { ColumnKernels } from '../column-kernels.js';
import type { Pointer } from '../kernels.js';

export function columnKernels({ f32 }: Pick<EngineMemory, 'f32'>): ColumnKernels {
  const rowOf = (code: Pointer, vocabulary: number): number => {
    const row = Math.trunc(f32[code >>> 2]!);
    return row >= 0 && row < vocabulary ? row : 0;
  };
  return {
    copyColumns(rows, cols, x, xStride, y, yStride) {
      for (let r = 0; r < rows; r++) {
        for (let c = 0; c < cols; c++) f32[(y >>> 2) + r * yStride + c] = f32[(x >>> 2) + r * xStride + c]!;
      }
    },

    gatherByCode(rows, width, vocabulary, x, xStride, weight, y, yStride) {
      for (let r = 0; r < rows; r++) {
        const from = (weight >>> 2) + rowOf(x + 4 * r * xStride, vocabulary) * width;
        for (let c = 0; c < width; c++) f32[(y >>> 2) + r * yStride + c] = f32[from + c]!;
      }
    },

    scatterByCode(rows, width, vocabulary, x, xStride, dy, dyStride, dWeight) {
      for (let r = 0; r < rows; r++) {
        const to = (dWeight >>> 2) + rowOf(x + 4 * r * xStride, vocabulary) * width;
        for (let c = 0; c < width; c++) f32[to + c]! += f32[(dy >>> 2) + r * dyStride + c]!;
      }
    },
  };
}
