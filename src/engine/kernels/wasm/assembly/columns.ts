/** Some columns of wider rows: copies, and vectors for columns that hold codes. */
import { add } from './sequences';

export function copyColumns(rows: i32, cols: i32, x: usize, xStride: i32, y: usize, yStride: i32): void {
  for (let r = 0; r < rows; r++) {
    memory.copy(y, x, <usize>cols << 2);
    x += <usize>xStride << 2;
    y += <usize>yStride << 2;
  }
}

/** 0 for what is no row of the vocabulary, NaN among it. */
@inline
function rowOf(code: usize, vocabulary: i32): usize {
  const value = load<f32>(code);
  return value >= 0 && value < <f32>vocabulary ? <usize>(<i32>value) : 0;
}

export function gatherByCode(
  rows: i32, width: i32, vocabulary: i32, x: usize, xStride: i32, weight: usize, y: usize, yStride: i32,
): void {
  const bytes = <usize>width << 2;
  for (let r = 0; r < rows; r++) {
    memory.copy(y, weight + rowOf(x, vocabulary) * bytes, bytes);
    x += <usize>xStride << 2;
    y += <usize>yStride << 2;
  }
}

export function scatterByCode(
  rows: i32, width: i32, vocabulary: i32, x: usize, xStride: i32, dy: usize, dyStride: i32, dWeight: usize,
): void {
  const bytes = <usize>width << 2;
  for (let r = 0; r < rows; r++) {
    const to = dWeight + rowOf(x, vocabulary) * bytes;
    add(width, to, dy, to);
    x += <usize>xStride << 2;
    dy += <usize>dyStride << 2;
  }
}
