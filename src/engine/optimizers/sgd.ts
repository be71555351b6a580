/**
 * Stochastic gradient descent, with momentum as Polyak's (v ← μ v + g; θ ← θ − α v) or Nesterov's in the form of
 * Sutskever et al. 2013 (θ ← θ − α (g + μ v)).
 */
import { type Static, Type } from '#typebox';
import { EngineError } from '../errors.js';
import type { Resolved } from '../resolved.js';
import { learningRateBounds, type Optimizer } from './optimizer.js';

export const SgdSpec = Type.Object(
  {
    type: Type.Literal('sgd'),
    learningRate: Type.Optional(Type.Number({ ...learningRateBounds, default: 0.01 })),
    momentum: Type.Optional(Type.Number({ minimum: 0, exclusiveMaximum: 1, default: 0 })),
    nesterov: Type.Optional(Type.Boolean({ default: false, description: 'Needs a momentum above 0' })),
  },
  { additionalProperties: false },
);
export type SgdSpec = Static<typeof SgdSpec>;

export const sgd: Optimizer<Resolved<SgdSpec>> = {
  stateNames({ momentum, nesterov }) {
    if (nesterov && momentum === 0) {
      throw new EngineError('invalid_spec', 'sgd: nesterov needs a momentum above 0, got 0', {
        path: '/optimizer/momentum',
        expected: '> 0',
        got: 0,
      });
    }
    return momentum > 0 ? ['velocity'] : [];
  },
  emit({ momentum, nesterov }, { elements, parameters, gradients, hyperparameters, state, call }) {
    if (momentum === 0) call('sgd', elements, parameters, gradients, hyperparameters);
    else {
      const velocity = state('velocity');
      call('sgdMomentum', elements, parameters, gradients, velocity, hyperparameters, momentum, nesterov ? 1 : 0);
    }
  },
  writeHyperparameters(_, { learningRate }, out) {
    out[0] = learningRate;
  },
};
