/** The update of the parameters as kernel calls, in the order penalties → optimizer; the gradient comes clipped. */
import type { Addresses } from './addresses.js';
import type { KernelCall } from './call.js';
import type { Graph } from './graph.js';
import { optimizerOf } from './optimizers/index.js';
import type { ResolvedEngineSpec } from './spec.js';

export function emitUpdate(spec: ResolvedEngineSpec, graph: Graph, addresses: Addresses): KernelCall[] {
  const calls: KernelCall[] = [];
  const { parameters, gradients, hyperparameters, optimizerState } = addresses;
  const { l1, l2 } = spec.regularization;
  if (l1 > 0 || l2 > 0) {
    calls.push({ kernel: 'penalties', args: [graph.penalisedElements, parameters, gradients, l1, l2] });
  }
  optimizerOf(spec.optimizer).emit(spec.optimizer, {
    elements: graph.elements,
    parameters,
    gradients,
    hyperparameters,
    state: (name) => optimizerState.get(name)!,
    call: (kernel, ...args) => {
      calls.push({ kernel, args });
    },
  });
  return calls;
}
