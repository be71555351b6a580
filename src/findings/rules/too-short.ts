/** A run that ended while it still got better, and not by little. */
import { courseOf, mean, seriesOf, stretch, validationOf } from '../evidence.js';
import type { Rule } from '../finding.js';
import { learningRateTooLow } from './learning-rate-too-low.js';

/** What the loss still loses over the last fifth, in parts of the trivial model's. */
const stillFalling = 0.03;
const times = 4;

export const tooShort: Rule = (evidence) => {
  const { spec, data, ending, step } = evidence;
  if (ending?.reason !== 'completed' && ending?.reason !== 'timeLimit') return null;
  if (learningRateTooLow(evidence) !== null) return null;
  const course = courseOf(evidence);
  const validation = validationOf(evidence);
  const losses = seriesOf(evidence, 'train.loss');
  if (losses.values.length === 0) return null;
  const falls = (points: typeof losses) => mean(stretch(points, 0.6, 0.8)) - mean(stretch(points, 0.8, 1));
  const fall =
    validation === null ? falls(losses) : Math.min(falls(losses), falls(seriesOf(evidence, 'validation.loss')));
  const isBestLast = validation === null || validation.last < validation.least + 0.25 * validation.noise;
  // Of so few steps none can be said to have settled anything.
  const hardlyBegan = course === null || losses.values.length < 10;
  const threshold = stillFalling * data.baseline.train;
  const begun = course === null || course.last < 0.98 * course.first;
  if (!(fall > threshold && isBestLast && begun) && !(hardlyBegan && begun)) return null;
  const { epochs, steps } = spec.training;
  return {
    severity: 'warning',
    title: 'The run ended while it still got better',
    evidence: [
      {
        name: validation ? 'validation.loss' : 'train.loss',
        value: fall,
        threshold,
        step,
        note: 'what it lost over the last fifth of the run',
      },
    ],
    remedy: `Train ${times} times as long; early stopping ends what needs less`,
    patch: {
      training: epochs === undefined ? { steps: times * steps } : { epochs: times * epochs },
      ...(ending.reason === 'timeLimit' && { limits: { maxSeconds: null } }),
    },
  };
};
