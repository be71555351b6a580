/** "My validation is poor" and training is not: what is learnt past the best evaluation is the training rows by heart. */
import { courseOf, toNumber, validationOf } from '../evidence.js';
import { type Found, type Rule, short } from '../finding.js';
import { regularised } from '../regularised.js';

/** A rise of the validation loss: in parts of the trivial model's, of its own best, and of what its mean is known to. */
const [ofTrivial, ofBest, ofNoise] = [0.1, 0.2, 1];
/** The gap between the model's two losses, in parts of the trivial one. */
const wideGap = 0.25;

export const overfitting: Rule = (evidence) => {
  const { spec, data, ending } = evidence;
  const validation = validationOf(evidence);
  const course = courseOf(evidence);
  if (validation === null || course === null) return null;
  const { least, leastStep, last, noise } = validation;
  const rise = last - least;
  const threshold = Math.max(ofTrivial * data.baseline.validation, ofBest * least, ofNoise * noise);
  const rises = rise > threshold && course.last < 0.8 * least;
  const [onTrain, onValidation] = [ending?.metrics?.train, ending?.metrics?.validation].map((split) =>
    toNumber(split?.values['loss']),
  ) as [number, number];
  const gap = onValidation - onTrain;
  const isWide = gap > wideGap * data.baseline.validation + 2 * noise && onTrain < 0.5 * onValidation;
  if (!rises && !isWide) return null;
  const rising: Found['evidence'] = [
    { name: 'validation.loss', value: least, step: leastStep, note: 'the least' },
    { name: 'validation.loss', value: last, threshold: least + threshold, step: evidence.step, note: 'since then' },
    { name: 'train.loss', value: course.last, note: 'it falls on' },
  ];
  const apart: Found['evidence'] = [
    { name: 'train.loss', value: onTrain, note: 'of the model' },
    {
      name: 'validation.loss',
      value: onValidation,
      threshold: onTrain + wideGap * data.baseline.validation,
      note: 'of the model',
    },
  ];
  return {
    severity: 'warning',
    title: 'The model learns the training rows by heart',
    evidence: rises ? rising : apart,
    remedy: `Hold the model back: dropout, decay of weights, a smaller one; or more rows than ${data.rows.train} for its ${short(evidence.parameters)} parameters`,
    patch: regularised(spec),
  };
};
