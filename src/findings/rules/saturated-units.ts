/** Sigmoids and tanhs that stand in their flat ends: what is behind them hardly learns. */
import { courseOf, layersOf, settled } from '../evidence.js';
import { percent, type Rule } from '../finding.js';
import { openModel, usualRate } from '../remedies.js';

/** Share of a layer's values, where the loss is bad. */
const many = 0.5;

export const saturatedUnits: Rule = (evidence) => {
  const course = courseOf(evidence);
  const { spec, ending, step, totalSteps } = evidence;
  if (course === null || course.learnt > 0.7) return null;
  if (ending === null && step < 0.2 * totalSteps) return null;
  const saturated = layersOf(evidence, 'saturation')
    .map(({ name, points }) => ({ name, share: settled(points) }))
    .filter(({ share }) => share >= many);
  if (saturated.length === 0) return null;
  const opened = openModel(spec.model);
  const learningRate = Math.min(spec.optimizer.learningRate, usualRate(spec.optimizer));
  return {
    severity: 'warning',
    title: `${percent(Math.max(...saturated.map(({ share }) => share)))} of a layer’s values stand in the flat ends of its function`,
    evidence: saturated.map(({ name, share }) => ({
      name,
      value: share,
      threshold: many,
      note: 'second half of the run',
    })),
    remedy: 'Draw weights as the function asks for, scale the inputs, or take a function without flat ends',
    patch: { optimizer: { learningRate }, ...(opened && { model: opened }), ...scaled(spec) },
  };
};

const scaled = ({ dataset }: Parameters<Rule>[0]['spec']) =>
  'scale' in dataset && dataset.scale.type === 'none' ? { dataset: { scale: { type: 'standard' } } } : {};
