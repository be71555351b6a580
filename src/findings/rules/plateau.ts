/** A loss that stays where a trivial model's is, for no other reason that is found. */
import { courseOf, type Evidence, mean } from '../evidence.js';
import { type Found, type Rule, short } from '../finding.js';
import { usualRate } from '../remedies.js';
import { hampered } from './hampered.js';
import { tooShort } from './too-short.js';

/** Of the trivial model's loss: what counts as having learnt nothing. */
const nothing = 0.03;
/** Of the loss: what its means over tenths of the run differ by from batch to batch. */
const wobble = 0.15;
/** A fall over the second half of the run that is more than that. */
const falling = 0.05;

export const plateau: Rule = (evidence) => {
  const course = courseOf(evidence);
  if (evidence.ending === null || evidence.ending.error !== null || course === null) return null;
  const half = course.tenths.slice(Math.floor(course.tenths.length / 2));
  const learnt = 1 - mean(half) / evidence.data.baseline.train;
  const isFlat = Math.max(...half) - Math.min(...half) < wobble * mean(half) && half.at(-1)! > (1 - falling) * half[0]!;
  if (learnt > nothing || !isFlat || hampered(evidence) || tooShort(evidence)) return null;
  return found(evidence, course.last);
};

function found({ spec, data, step }: Evidence, last: number): Found {
  const { model, optimizer } = spec;
  const isAdam = optimizer.type === 'adam' || optimizer.type === 'adamw';
  const patch = isAdam ? { learningRate: usualRate(optimizer) / 3 } : { type: 'adam', learningRate: 0.001 };
  // Weights that are drawn all alike stay alike.
  const drawn = model.type === 'mlp' && model.initializer.type !== 'auto';
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
    remedy: `Take ${isAdam ? `a learning rate of ${short(patch.learningRate)}` : 'Adam'}${drawn ? ', and weights drawn as the layers’ functions ask for' : ''}; if nothing changes, the features may say nothing of the target`,
    patch: { optimizer: patch, ...(drawn && { model: { initializer: { type: 'auto' } } }) },
  };
}
