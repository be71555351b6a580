/** "My loss is NaN": the run failed of a value that is no number, or of one that left the range of floats. */
import { seriesOf } from '../evidence.js';
import { type Rule, short } from '../finding.js';
import { clipped, tamerRate, usualRate } from '../remedies.js';

export const nonFiniteLoss: Rule = (evidence) => {
  const error = evidence.ending?.error;
  if (error?.code !== 'non_finite') return null;
  const { spec } = evidence;
  const { steps, values } = seriesOf(evidence, 'train.gradientNorm');
  const before = values.slice(-3).map((value, index) => ({
    ...{ name: 'train.gradientNorm', value, step: steps.slice(-3)[index]! },
  }));
  const learningRate = tamerRate(spec);
  return {
    severity: 'error',
    title: 'The loss, or a weight behind it, stopped being a number',
    evidence: [
      {
        ...{ name: 'optimizer.learningRate', value: spec.optimizer.learningRate, threshold: usualRate(spec.optimizer) },
        note: error.detail,
        ...(error.step !== undefined && { step: error.step }),
      },
      ...before,
    ],
    remedy: `Train with a learning rate of ${short(learningRate)}, and clip the gradient so that one batch cannot throw the weights far`,
    patch: { optimizer: { learningRate }, training: clipped },
  };
};
