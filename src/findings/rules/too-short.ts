/** A run that ended while it still got better, and not by little. */
import { courseOf, mean, type Points, seriesOf, validationOf } from '../evidence.js';
import type { Rule } from '../finding.js';
import { learningRateTooLow } from './learning-rate-too-low.js';

/** What the loss still loses over a fifth of the run: in parts of all that it lost, and of the trivial model's. */
const [ofLost, ofTrivial] = [0.03, 0.01];
const times = 4;

export const tooShort: Rule = (evidence) => {
  const { spec, data, ending, step } = evidence;
  if (ending?.reason !== 'completed' && ending?.reason !== 'timeLimit') return null;
  const course = courseOf(evidence);
  const name = seriesOf(evidence, 'validation.loss').values.length > 0 ? 'validation.loss' : 'train.loss';
  const validation = validationOf(evidence);
  if (course === null || learningRateTooLow(evidence) !== null) return null;
  const threshold = Math.max(ofLost * (course.first - course.last), ofTrivial * data.baseline.train);
  const fall = fallOf(seriesOf(evidence, name));
  const isBestLast =
    validation === null || seriesOf(evidence, name).values.at(-1)! < validation.least + 0.25 * validation.noise;
  if (!(fall > threshold && isBestLast && course.last < 0.98 * course.first)) return null;
  const { epochs, steps } = spec.training;
  return {
    severity: 'warning',
    title: 'The run ended while it still got better',
    evidence: [{ name, value: fall, threshold, step, note: 'what it lost over the last fifth of the run' }],
    remedy: `Train ${times} times as long; early stopping ends what needs less`,
    patch: {
      training: epochs === undefined ? { steps: times * steps, epochs: null } : { epochs: times * epochs, steps: null },
      ...(ending.reason === 'timeLimit' && { limits: { maxSeconds: null } }),
    },
  };
};

/** Means of the last fifth and of the one before it; of few points the last two, and a fifth of what lies between them. */
function fallOf({ values }: Points): number {
  const size = Math.max(1, Math.round(values.length / 5));
  const last = mean(values.slice(-size));
  const before = mean(values.slice(-2 * size, -size));
  return (before - last) * Math.min(1, values.length / 5);
}
