/** Adagrad (Duchi et al. 2011): s ← s + g²; θ ← θ − α g / (√s + ε). */
import { type Static, Type } from '#typebox';
import type { Resolved } from '../resolved.js';
import { learningRateBounds, type Optimizer } from './optimizer.js';

export const AdagradSpec = Type.Object(
  {
    type: Type.Literal('adagrad'),
    learningRate: Type.Optional(Type.Number({ ...learningRateBounds, default: 0.01 })),
    epsilon: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 1, default: 1e-10 })),
  },
  { additionalProperties: false },
);
export type AdagradSpec = Static<typeof AdagradSpec>;

export const adagrad: Optimizer<Resolved<AdagradSpec>> = {
  stateNames: () => ['squares'],
  emit({ epsilon }, { elements, parameters, gradients, hyperparameters, state, call }) {
    call('adagrad', elements, parameters, gradients, state('squares'), hyperparameters, epsilon);
  },
  writeHyperparameters(_, { learningRate }, out) {
    out[0] = learningRate;
  },
};
