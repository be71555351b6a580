/** Binary cross-entropy from one logit a row: −t log σ(z) − (1 − t) log(1 − σ(z)), t = 1 for the second of two classes. */
import { type Static, Type } from '#typebox';
import { type Loss, noRowWeights } from './loss.js';

export const BinaryCrossEntropySpec = Type.Object(
  { type: Type.Literal('binaryCrossEntropy') },
  { additionalProperties: false },
);
export type BinaryCrossEntropySpec = Static<typeof BinaryCrossEntropySpec>;

export const binaryCrossEntropy: Loss<BinaryCrossEntropySpec> = {
  task: 'classification',
  targets: 'values',
  width: (outputs) => (outputs === 2 ? 1 : null),
  // d/dz = σ(z) − t
  emit(_, { rows, width, prediction, targets, gradient, sum, call }) {
    call('sigmoidCrossEntropy', rows, width, prediction, targets, noRowWeights, gradient, sum);
  },
  emitActivation({ rows, width, prediction, call }) {
    call('sigmoid', rows * width, prediction, prediction);
  },
};
