/** A loss that was good and is suddenly as bad as the trivial model's again. */
import { median, seriesOf } from '../evidence.js';
import { type Rule, short } from '../finding.js';
import { clipped } from '../remedies.js';

/** Points that the level before is taken from. */
const window = 10;
/** A good loss, and a spike, in parts of the trivial model's; and in parts of the level before. */
const [good, bad, jump] = [0.5, 1, 5];
/** Deviations of a batch's mean, of rows whose losses deviate by about the trivial one: one wrong row of a last batch is no spike. */
const deviations = 3;
/** One bad batch is no habit. */
const leastSpikes = 2;
const mostShown = 5;

export const lossSpikes: Rule = (evidence) => {
  const { steps, values } = seriesOf(evidence, 'train.loss');
  const { spec, data } = evidence;
  const trivial = data.baseline.train;
  const rowsOf = rowsOfStep(spec.training.batchSize, data.rows.train);
  const spikes: { name: string; value: number; threshold: number; step: number }[] = [];
  for (let at = window; at < values.length; at++) {
    const value = values[at]!;
    if (value < Math.max(bad, deviations / Math.sqrt(rowsOf(steps[at]!))) * trivial) continue;
    const level = median(values.slice(at - window, at));
    if (level < good * trivial && value > jump * level) {
      spikes.push({ name: 'train.loss', value, threshold: level, step: steps[at]! });
    }
  }
  if (spikes.length < leastSpikes) return null;
  const learningRate = spec.optimizer.learningRate / 3;
  return {
    severity: 'warning',
    title: `The loss spikes: ${spikes.length} times it was as bad as a trivial model’s again`,
    evidence: spikes.slice(0, mostShown),
    remedy: `Clip the gradient’s norm and take a learning rate of ${short(learningRate)}`,
    patch: { optimizer: { learningRate }, training: clipped },
  };
};

/** Rows behind the loss of a step, from 1: the last batch of an epoch has what is left. */
function rowsOfStep(batch: number, rows: number): (step: number) => number {
  const steps = Math.ceil(rows / batch);
  return (step) => (step % steps === 0 ? rows - batch * (steps - 1) : batch);
}
