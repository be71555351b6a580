/** The update of the parameters as kernel calls, in the order penalties → optimizer → average; the gradient comes clipped. */
import type { Addresses } from './addresses.js';
import type { KernelCall } from './call.js';
import type { Graph } from './graph.js';
import { optimizerOf } from './optimizers/index.js';
import type { ResolvedEngineSpec } from './spec.js';
import { cutCalls } from './threads/cut.js';

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
  return cutCalls(calls);
}
