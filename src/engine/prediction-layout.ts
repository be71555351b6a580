/** Where things stand in a memory that serves prediction alone: the parameters, then the arena of its programs. */
import type { Graph } from './graph.js';
import type { Pointer } from './kernels/kernels.js';
import { Layout } from './memory.js';
import type { Resident } from './program.js';

/** What only training and measuring read. */
const unused = {
  gradients: 0,
  inputs: 0,
  targets: 0,
  softTargets: 0,
  classWeights: 0,
  batchRows: 0,
  lossSum: 0,
  lossScale: 0,
  key: 0,
  draw: 0,
  maskDraw: 0,
};

export function predictionLayout(
  { elements }: Graph,
  scratchBytes: number,
): { scratch: Pointer; resident: Resident; arena: Pointer } {
  const layout = new Layout();
  const scratch = layout.reserve('scratch', scratchBytes);
  const parameters = layout.reserve('parameters', elements * Float32Array.BYTES_PER_ELEMENT);
  return { scratch, resident: { parameters, ...unused }, arena: layout.reserve('arena', 0) };
}
