/**
 * Categorical cross-entropy from logits: −log softmax(z)[class], one logit a class. Label smoothing (Szegedy et al. 2016)
 * gives the class the share 1 − ε and every class ε / classes. With class weights each term counts by its class, and the
 * mean over rows is divided by the sum of the weights of their classes, as PyTorch has it. Soft targets share a row among
 * classes; all of this then holds of each class by its share.
 */
import { type Static, Type } from '#typebox';
import type { Resolved } from '../resolved.js';
import { type Loss, noRowWeights } from './loss.js';

export const CrossEntropySpec = Type.Object(
  {
    type: Type.Literal('crossEntropy'),
    labelSmoothing: Type.Optional(Type.Number({ minimum: 0, exclusiveMaximum: 1, default: 0 })),
    classWeights: Type.Optional(
      Type.Union(
        [
          Type.Array(Type.Number({ minimum: 0, maximum: 1e6 }), { maxItems: 1_000_000 }),
          Type.Enum(['balanced']),
          Type.Null(),
        ],
        {
          default: null,
          description: 'One a class, in their order. balanced: training rows / (classes · rows of the class)',
        },
      ),
    ),
  },
  { additionalProperties: false },
);
export type CrossEntropySpec = Static<typeof CrossEntropySpec>;

export const crossEntropy: Loss<Resolved<CrossEntropySpec>> = {
  task: 'classification',
  targets: 'classes',
  width: (outputs) => outputs,
  classWeights: ({ classWeights }) => classWeights,
  // d/dz = softmax(z) Σ a − a, a = onehot(class) or its weighted and smoothed form
  emit({ labelSmoothing }, { rows, width, prediction, targets, classWeights, gradient, sum, buffer, call, ...io }) {
    if (io.targetsAreSoft) {
      call('softCrossEntropy', rows, width, prediction, targets, classWeights, labelSmoothing, gradient, sum);
      return;
    }
    if (labelSmoothing > 0) {
      call('smoothedCrossEntropy', rows, width, prediction, targets, classWeights, labelSmoothing, gradient, sum);
      return;
    }
    const rowWeights = classWeights === 0 ? noRowWeights : buffer('rowWeights', rows);
    if (classWeights !== 0) call('gatherRows', rows, 1, classWeights, 1, targets, rowWeights);
    call('softmaxCrossEntropy', rows, width, prediction, targets, rowWeights, gradient, sum);
  },
  emitActivation(_, { rows, width, prediction, call }) {
    call('softmax', rows, width, prediction, prediction);
  },
};
