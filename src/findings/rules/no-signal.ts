/** Training fits and validation is never better than a trivial model: what was learnt says nothing of other rows. */
import { courseOf, validationOf } from '../evidence.js';
import type { Rule } from '../finding.js';

/** A gain over the trivial model that counts, in its own loss, and of what a mean over the rows is known to. */
const leastGain = 0.03;
/** What training must have learnt for validation to show. */
const fits = 0.1;

export const noSignal: Rule = (evidence) => {
  const course = courseOf(evidence);
  const validation = validationOf(evidence);
  if (evidence.ending === null || course === null || validation === null || course.learnt < fits) return null;
  const trivial = evidence.data.baseline.validation;
  const gain = trivial - validation.least;
  const threshold = Math.max(leastGain * trivial, Math.min(validation.noise, course.learnt * trivial * 0.5));
  if (gain > threshold) return null;
  return {
    severity: 'error',
    title: 'Validation is no better than a trivial model, though training fits',
    evidence: [
      {
        name: 'validation.loss',
        value: validation.least,
        threshold: trivial - threshold,
        step: validation.leastStep,
        note: 'the least, against the trivial model’s',
      },
      {
        name: 'train.loss',
        value: course.last,
        threshold: evidence.data.baseline.train,
        note: 'against the trivial model’s',
      },
    ],
    remedy:
      'See whether labels belong to their rows (a join, a shuffled column), and whether the features can tell the target at all',
    patch: null,
  };
};
