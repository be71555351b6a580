/** Units that put out 0 whatever the row is: no gradient reaches them, and they stay so. */
import { courseOf, layersOf, settled } from '../evidence.js';
import { percent, type Rule } from '../finding.js';
import { openModel, usualRate } from '../remedies.js';

/** Share of a layer's units: where the loss is bad, a half; else nearly all. */
const [many, nearlyAll] = [0.5, 0.9];
/** Rows of a batch on which a unit that is seldom on would be off by chance. */
const leastRows = 16;

export const deadUnits: Rule = (evidence) => {
  const course = courseOf(evidence);
  const { spec, ending, step, totalSteps } = evidence;
  if (course === null || spec.training.batchSize < leastRows) return null;
  if (ending === null && step < 0.2 * totalSteps) return null;
  const layers = layersOf(evidence, 'deadUnits').map(({ name, points }) => ({ name, share: settled(points) }));
  const threshold = course.learnt < 0.5 ? many : nearlyAll;
  const dead = layers.filter(({ share }) => share >= threshold);
  if (dead.length === 0) return null;
  const opened = openModel(spec.model);
  const learningRate = Math.min(spec.optimizer.learningRate, usualRate(spec.optimizer));
  return {
    severity: course.learnt < 0.5 ? 'error' : 'warning',
    title: `${percent(Math.max(...dead.map(({ share }) => share)))} of a layer’s units are dead`,
    evidence: dead.map(({ name, share }) => ({ name, value: share, threshold, note: 'second half of the run' })),
    remedy:
      'Take a function that passes something on below 0, draw weights for it, and take no higher a learning rate than usual',
    patch: { optimizer: { learningRate }, ...(opened && { model: opened }) },
  };
};
