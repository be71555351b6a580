/** Gradients that are sums over rows: of the batch, or of what each part of a cut call has summed (../threads/cut.ts). */
import type { Pointer } from '../kernels/kernels.js';
import type { LayerIo } from './layer.js';

/** gradient [cols] = Σ rows of x [rows, cols], on top of what stands there where batches are accumulated. */
export function emitColumnSums(
  io: LayerIo,
  { rows, cols }: { rows: number; cols: number },
  { x, gradient }: { x: Pointer; gradient: Pointer },
): void {
  if (io.accumulate === 0) io.call('fill', cols, gradient, 0);
  io.call('columnSums', rows, cols, x, gradient);
}

/** A buffer of zeros: for a kernel that adds to it, or in place of a parameter that is not there. */
export function emitZeros(io: LayerIo, name: string, elements: number): Pointer {
  const zeros = io.buffer(name, elements);
  io.call('fill', elements, zeros, 0);
  return zeros;
}
