/**
 * "My validation is poor" and training is not: what is learnt past the best evaluation is the training rows by heart. Where
 * early stopping watches, a rise is what it waits for, and the model is that of before: then only that model's gap counts.
 */
import { courseOf, type Evidence, toNumber, validationOf } from '../evidence.js';
import { type Found, type Rule, short } from '../finding.js';
import { regularised } from '../regularised.js';

/** A rise of the validation loss: in parts of the trivial model's, of its own best, and of what its mean is known to. */
const [ofTrivial, ofBest, ofNoise] = [0.1, 0.2, 1];
/** The gap between the model's losses on train and on other rows, in parts of the trivial one's; the same where nothing watches. */
const [wideGap, unwatchedGap] = [0.25, 0.08];

export const overfitting: Rule = (evidence) => {
  const { spec, data } = evidence;
  const found =
    spec.earlyStopping.type === 'none' ? (rising(evidence) ?? apart(evidence, true)) : apart(evidence, false);
  return (
    found && {
      severity: 'warning',
      title: 'The model learns the training rows by heart',
      evidence: found,
      remedy: `Hold the model back: dropout, decay of weights, a smaller one; or more rows than ${data.rows.train} for its ${short(evidence.parameters)} parameters`,
      patch: regularised(spec),
    }
  );
};

function rising(evidence: Evidence): Found['evidence'] | null {
  const validation = validationOf(evidence);
  const course = courseOf(evidence);
  if (validation === null || course === null) return null;
  const { least, leastStep, last, noise } = validation;
  const rise = Math.max(ofTrivial * evidence.data.baseline.validation, ofBest * least, ofNoise * noise);
  if (!(last - least > rise && course.last < 0.8 * least)) return null;
  return [
    { name: 'validation.loss', value: least, step: leastStep, note: 'the least' },
    { name: 'validation.loss', value: last, threshold: least + rise, step: evidence.step, note: 'since then' },
    { name: 'train.loss', value: course.last, note: 'it falls on' },
  ];
}

/** Of the model, at the end. A run that nothing watches asks for more scrutiny, and the rows to test with count as well. */
function apart({ data, ending }: Evidence, unwatched: boolean): Found['evidence'] | null {
  if (!ending?.metrics) return null;
  const { train, validation, test } = ending.metrics;
  const parts = [
    { split: validation, rows: data.rows.validation },
    ...(unwatched ? [{ split: test, rows: data.rows.test }] : []),
  ];
  const others = parts.flatMap(({ split, rows }) =>
    split && rows > 0 ? [{ rows, loss: toNumber(split.values['loss']) }] : [],
  );
  const rows = others.reduce((sum, part) => sum + part.rows, 0);
  if (rows === 0) return null;
  const trivial = data.baseline.validation;
  const [onTrain, onOthers] = [
    toNumber(train.values['loss']),
    others.reduce((sum, part) => sum + part.rows * part.loss, 0) / rows,
  ];
  const gap = unwatched
    ? Math.max(unwatchedGap * trivial, Math.sqrt((trivial * onOthers) / rows))
    : wideGap * trivial + (2 * trivial) / Math.sqrt(rows);
  if (!(onOthers - onTrain > gap && onTrain < 0.5 * onOthers)) return null;
  return [
    { name: 'train.loss', value: onTrain, note: 'of the model' },
    {
      name: unwatched && test ? 'test.loss' : 'validation.loss',
      value: onOthers,
      threshold: onTrain + gap,
      note: unwatched && test ? 'of the model, mean with that of validation' : 'of the model',
    },
  ];
}
