/** Categorical cross-entropy from logits: −log softmax(z)[class], one logit a class. */
import { type Static, Type } from '#typebox';
import { type Loss, noRowWeights } from './loss.js';

export const CrossEntropySpec = Type.Object({ type: Type.Literal('crossEntropy') }, { additionalProperties: false });
export type CrossEntropySpec = Static<typeof CrossEntropySpec>;

export const crossEntropy: Loss<CrossEntropySpec> = {
  task: 'classification',
  targets: 'classes',
  width: (outputs) => outputs,
  // d/dz = softmax(z) − onehot(class)
  emit(_, { rows, width, prediction, targets, gradient, sum, call }) {
    call('softmaxCrossEntropy', rows, width, prediction, targets, noRowWeights, gradient, sum);
  },
  emitActivation({ rows, width, prediction, call }) {
    call('softmax', rows, width, prediction, prediction);
  },
};
