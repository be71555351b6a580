/**
 * Adam (Kingma & Ba 2015, algorithm 1), ε outside the root:
 * m ← β₁m + (1−β₁)g; v ← β₂v + (1−β₂)g²; θ ← θ − α m̂ / (√v̂ + ε), m̂ = m/(1−β₁ᵗ), v̂ = v/(1−β₂ᵗ).
 */
import { type Static, Type } from '#typebox';
import type { Resolved } from '../resolved.js';
import { learningRateBounds, type Optimizer } from './optimizer.js';

const decay = { minimum: 0, exclusiveMaximum: 1 };

export const AdamSpec = Type.Object(
  {
    type: Type.Literal('adam'),
    learningRate: Type.Optional(Type.Number({ ...learningRateBounds, default: 0.001 })),
    beta1: Type.Optional(Type.Number({ ...decay, default: 0.9 })),
    beta2: Type.Optional(Type.Number({ ...decay, default: 0.999 })),
    epsilon: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 1, default: 1e-8 })),
  },
  { additionalProperties: false },
);
export type AdamSpec = Static<typeof AdamSpec>;

export const adam: Optimizer<Resolved<AdamSpec>> = {
  stateNames: () => ['mean', 'variance'],
  emit({ beta1, beta2, epsilon }, { elements, parameters, gradients, hyperparameters, state, call }) {
    const [mean, variance] = [state('mean'), state('variance')];
    call('adam', elements, parameters, gradients, mean, variance, hyperparameters, beta1, beta2, epsilon);
  },
  // the step size α/(1−β₁ᵗ) and 1/√(1−β₂ᵗ), so that the kernel corrects no element by itself
  writeHyperparameters({ beta1, beta2 }, { learningRate, step }, out) {
    out[0] = learningRate / (1 - beta1 ** step);
    out[1] = 1 / Math.sqrt(1 - beta2 ** step);
  },
};
