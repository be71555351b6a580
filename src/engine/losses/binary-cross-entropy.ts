/**
 * Binary cross-entropy from one logit a row: −w t log σ(z) − (1 − t) log(1 − σ(z)), t = 1 for the second of two classes,
 * w the weight of that class; or from σ(z), where the model puts out the probability itself. The mean is over rows, whatever
 * they weigh.
 */
import { type Static, Type } from '#typebox';
import type { Resolved } from '../resolved.js';
import { type Loss, noRowWeights } from './loss.js';

export const BinaryCrossEntropySpec = Type.Object(
  {
    type: Type.Literal('binaryCrossEntropy'),
    fromLogits: Type.Optional(
      Type.Boolean({
        default: true,
        description:
          'false: the model ends in a sigmoid, and puts out the probability of the second class; logits lose fewer digits',
      }),
    ),
    positiveWeight: Type.Optional(
      Type.Number({
        exclusiveMinimum: 0,
        maximum: 1e6,
        default: 1,
        description: 'Of the second class: above 1 raises recall, below 1 precision',
      }),
    ),
  },
  { additionalProperties: false },
);
export type BinaryCrossEntropySpec = Static<typeof BinaryCrossEntropySpec>;

export const binaryCrossEntropy: Loss<Resolved<BinaryCrossEntropySpec>> = {
  task: 'classification',
  targets: 'values',
  width: (outputs) => (outputs === 2 ? 1 : null),
  // d/dz = σ(z) − t, times w where t = 1
  // from probabilities: d/dp = (p − t) / (p (1 − p))
  emit({ positiveWeight, fromLogits }, { rows, width, prediction, targets, gradient, sum, buffer, call }) {
    const rowWeights = positiveWeight === 1 ? noRowWeights : buffer('rowWeights', rows);
    if (positiveWeight !== 1) call('affine', rows, targets, rowWeights, positiveWeight - 1, 1);
    call(
      fromLogits ? 'sigmoidCrossEntropy' : 'binaryCrossEntropy',
      rows,
      width,
      prediction,
      targets,
      rowWeights,
      gradient,
      sum,
    );
  },
  takesProbabilities: ({ fromLogits }) => !fromLogits,
  emitActivation({ fromLogits }, { rows, width, prediction, call }) {
    if (fromLogits) call('sigmoid', rows * width, prediction, prediction);
  },
};
