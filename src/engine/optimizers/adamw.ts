/**
 * AdamW (Loshchilov & Hutter 2019): Adam whose decay is decoupled from the gradient, θ ← θ − α (m̂ / (√v̂ + ε) + λθ).
 * Biases and the scales of normalisations are left out of the decay unless asked for.
 */
import { type Static, Type } from '#typebox';
import type { Resolved } from '../resolved.js';
import { adam, adamFields } from './adam.js';
import type { Optimizer } from './optimizer.js';

export const AdamWSpec = Type.Object(
  {
    type: Type.Literal('adamw'),
    ...adamFields,
    weightDecay: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 1e6,
        default: 0.01,
        description: 'λ; a step takes learningRate · λ of a weight',
      }),
    ),
    decays: Type.Optional(
      Type.Enum(['weights', 'all'], {
        default: 'weights',
        description: 'weights: matrices and embeddings alone; all: biases and normalisations too',
      }),
    ),
  },
  { additionalProperties: false },
);
export type AdamWSpec = Static<typeof AdamWSpec>;

export const adamw: Optimizer<Resolved<AdamWSpec>> = {
  stateNames: () => ['mean', 'variance'],
  emit({ beta1, beta2, epsilon, decays }, io) {
    const { elements, penalisedElements, parameters, gradients, hyperparameters, state, call } = io;
    const emit = (kernel: 'adam' | 'adamw', first: number, count: number) => {
      const [w, g, m, v] = [parameters, gradients, state('mean'), state('variance')].map(
        (start) => start + 4 * first,
      ) as [number, number, number, number];
      call(kernel, count, w, g, m, v, hyperparameters, beta1, beta2, epsilon);
    };
    const decayed = decays === 'all' ? elements : penalisedElements;
    emit('adamw', 0, decayed);
    if (decayed < elements) emit('adam', decayed, elements - decayed);
  },
  // behind Adam's two the share of a weight that goes
  writeHyperparameters(spec, at, out) {
    adam.writeHyperparameters({ ...spec, type: 'adam' }, at, out);
    out[2] = at.learningRate * spec.weightDecay;
  },
};
