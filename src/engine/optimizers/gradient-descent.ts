/** Gradient descent, θ ← θ − α ∇J: one update an epoch, from the gradient over the whole training split. */
import { type Static, Type } from '#typebox';
import { learningRateBounds, type Optimizer } from './optimizer.js';

export const GradientDescentSpec = Type.Object(
  {
    type: Type.Literal('gradientDescent'),
    learningRate: Type.Optional(Type.Number({ ...learningRateBounds, default: 0.1 })),
  },
  {
    additionalProperties: false,
    description:
      'Full batch: `training.batchSize` says how many rows are computed at once, not how often weights change',
  },
);
export type GradientDescentSpec = Static<typeof GradientDescentSpec>;

export const gradientDescent: Optimizer<object> = {
  stateNames: () => [],
  emit(_, { elements, parameters, gradients, hyperparameters, call }) {
    call('sgd', elements, parameters, gradients, hyperparameters);
  },
  writeHyperparameters(_, { learningRate }, out) {
    out[0] = learningRate;
  },
};
