/** A loss that stays where a trivial model's is, for no other reason that is found. */
import { courseOf, type Evidence, mean } from '../evidence.js';
import { type Found, type Rule, short } from '../finding.js';
import { usualRate } from '../remedies.js';
import { hampered } from './hampered.js';

/** Of the trivial model's loss: what counts as having learnt nothing. */
const nothing = 0.03;

export const plateau: Rule = (evidence) => {
  const course = courseOf(evidence);
  if (evidence.ending === null || evidence.ending.error !== null || course === null) return null;
  const half = course.tenths.slice(Math.floor(course.tenths.length / 2));
  const isFlat = Math.max(...half) - Math.min(...half) < nothing * mean(half);
  if (course.learnt > nothing || !isFlat || hampered(evidence)) return null;
  return found(evidence, course.last);
};

function found({ spec, data, step }: Evidence, last: number): Found {
  const { optimizer } = spec;
  const adam = { type: 'adam', learningRate: 0.001 };
  const patch =
    optimizer.type === 'adam' || optimizer.type === 'adamw' ? { learningRate: usualRate(optimizer) / 3 } : adam;
  return {
    severity: 'error',
    title: 'The loss stays at that of a trivial model',
    evidence: [
      {
        name: 'train.loss',
        value: last,
        threshold: data.baseline.train,
        step,
        note: 'it does not change over the second half of the run',
      },
    ],
    remedy: `Take ${optimizer.type === 'adam' ? `a learning rate of ${short(patch.learningRate)}` : 'Adam'}; if nothing changes, the features may say nothing of the target`,
    patch: { optimizer: patch },
  };
}
