/**
 * Activation functions, as layers of their own and as what a dense layer applies to its product. Both backward kernels are
 * written in terms of the forward output y, so that the input need not be kept.
 */
import type { KernelName } from '../call.js';
import { elementsOf } from '../shape.js';
import type { Layer } from './layer.js';

interface ActivationKernels {
  readonly forward: Extract<KernelName, 'relu' | 'sigmoid' | 'tanh'>;
  readonly backward: Extract<KernelName, 'reluBackward' | 'sigmoidBackward' | 'tanhBackward'>;
  /** y = f(x + bias) in one pass. */
  readonly withBias: Extract<KernelName, 'biasRelu' | 'biasSigmoid' | 'biasTanh'>;
}

export const activationNames = ['relu', 'sigmoid', 'tanh'] as const;
export type ActivationName = (typeof activationNames)[number];

export const activations: { readonly [Name in ActivationName]: ActivationKernels } = {
  relu: { forward: 'relu', backward: 'reluBackward', withBias: 'biasRelu' },
  sigmoid: { forward: 'sigmoid', backward: 'sigmoidBackward', withBias: 'biasSigmoid' },
  tanh: { forward: 'tanh', backward: 'tanhBackward', withBias: 'biasTanh' },
};

/** The layer that applies an activation to each element. */
export function activationLayer({ forward, backward }: ActivationKernels): Layer<object> {
  return {
    outputShape: (_, inputShape) => inputShape,
    parameters: () => [],
    forward(_, io, x) {
      const elements = io.rows * elementsOf(io.inputShape);
      const y = io.buffer('output', elements);
      io.call(forward, elements, x, y);
      return y;
    },
    // dx = f′(x) dy, over dy
    backward(_, io, { y, dy }) {
      io.call(backward, io.rows * elementsOf(io.inputShape), y, dy, dy);
      return dy;
    },
  };
}
