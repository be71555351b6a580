/**
 * RMSprop (Hinton 2012), s ← ρs + (1−ρ)g²; θ ← θ − α g / (√s + ε): plain; centred (Graves 2013), where max(s − m², 0) with
 * m ← ρm + (1−ρ)g stands in the place of s; with momentum, v ← μv + g / (√s + ε); θ ← θ − α v.
 */
import { type Static, Type } from '#typebox';
import type { Resolved } from '../resolved.js';
import { learningRateBounds, type Optimizer } from './optimizer.js';

const share = { minimum: 0, exclusiveMaximum: 1 };

export const RmspropSpec = Type.Object(
  {
    type: Type.Literal('rmsprop'),
    learningRate: Type.Optional(Type.Number({ ...learningRateBounds, default: 0.001 })),
    decay: Type.Optional(
      Type.Number({ ...share, default: 0.99, description: 'ρ: what the mean square keeps of itself' }),
    ),
    momentum: Type.Optional(Type.Number({ ...share, default: 0 })),
    centered: Type.Optional(
      Type.Boolean({ default: false, description: 'Divides by the deviation, not by the root mean square' }),
    ),
    epsilon: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 1, default: 1e-8 })),
  },
  { additionalProperties: false },
);
export type RmspropSpec = Static<typeof RmspropSpec>;

/** What the kernel takes for a buffer that is not kept. */
const none = 0;

export const rmsprop: Optimizer<Resolved<RmspropSpec>> = {
  stateNames: ({ momentum, centered }) => [
    'squares',
    ...(centered ? ['mean'] : []),
    ...(momentum > 0 ? ['velocity'] : []),
  ],
  emit(spec, { elements, parameters, gradients, hyperparameters, state, call }) {
    const { decay, momentum, centered, epsilon } = spec;
    const [mean, velocity] = [centered ? state('mean') : none, momentum > 0 ? state('velocity') : none];
    const buffers = [parameters, gradients, state('squares'), mean, velocity, hyperparameters] as const;
    call('rmsprop', elements, ...buffers, decay, momentum, epsilon);
  },
  writeHyperparameters(_, { learningRate }, out) {
    out[0] = learningRate;
  },
};
