/**
 * The update of the parameters as kernel calls: the gradient's norm, how it is clipped by it, and once that is done penalties →
 * optimizer → average.
 */
import type { Addresses } from './addresses.js';
import type { KernelCall } from './call.js';
import type { Graph } from './graph.js';
import { type Pointer, SQUARES_CHUNK } from './kernels/kernels.js';
import { optimizerOf } from './optimizers/index.js';
import type { ResolvedEngineSpec } from './spec.js';

/** Σ x² into `squaredNorm`. */
export function emitSquaredNorm(
  { elements, x }: { elements: number; x: Pointer },
  { squares, squaredNorm }: Addresses,
): KernelCall[] {
  const sum: KernelCall<'sumChunks'> = {
    kernel: 'sumChunks',
    args: [Math.ceil(elements / SQUARES_CHUNK), squares, squaredNorm],
  };
  return [{ kernel: 'chunkSquares', args: [elements, x, squares] }, sum];
}

/** The gradient times what stands in `clipScale`. */
export function emitClip({ learntElements }: Graph, { gradients, clipScale }: Addresses): KernelCall[] {
  return [{ kernel: 'scale', args: [learntElements, gradients, clipScale] }];
}

export function emitUpdate(spec: ResolvedEngineSpec, graph: Graph, addresses: Addresses): KernelCall[] {
  const calls: KernelCall[] = [];
  const { parameters, gradients, average, hyperparameters, optimizerState } = addresses;
  const { l1, l2 } = spec.regularization;
  if (l1 > 0 || l2 > 0) {
    calls.push({ kernel: 'penalties', args: [graph.penalisedElements, parameters, gradients, l1, l2] });
  }
  optimizerOf(spec.optimizer).emit(spec.optimizer, {
    elements: graph.learntElements,
    penalisedElements: graph.penalisedElements,
    parameters,
    gradients,
    hyperparameters,
    state: (name) => optimizerState.get(name)!,
    call: (kernel, ...args) => {
      calls.push({ kernel, args });
    },
  });
  const { emaDecay } = spec.training;
  if (emaDecay !== null) {
    const { learntElements, elements } = graph;
    const statistics = 4 * learntElements;
    calls.push({ kernel: 'movingAverage', args: [learntElements, parameters, average, emaDecay] });
    // Statistics are averages already: a decay of 0 copies them.
    const args = [elements - learntElements, parameters + statistics, average + statistics, 0] as const;
    if (elements > learntElements) calls.push({ kernel: 'movingAverage', args: [...args] });
  }
  return calls;
}
