/** Numbers as they are, of sizes far from 1 or from one another: no learning rate fits all of them. */
import { settingsOf } from '../../data/features/choose.js';
import { type Rule, short } from '../finding.js';

/** Root mean square of a column, and the ratio of the largest to the smallest. */
const [far, apart] = [10, 100];
const mostShown = 5;

export const unscaledFeatures: Rule = ({ data, spec }) => {
  const { dataset } = spec;
  if (!('scale' in dataset)) return null;
  const sizes = data.columns
    .flatMap(({ name, numbers }) => (numbers ? [{ name, value: Math.hypot(numbers.mean, numbers.deviation) }] : []))
    .filter(({ name, value }) => value > 0 && settingsOf(dataset, name).scale.type === 'none')
    .sort((a, b) => b.value - a.value);
  const [largest, smallest] = [sizes[0], sizes.at(-1)];
  if (!largest || !smallest || (largest.value < far && largest.value / smallest.value < apart)) return null;
  return {
    severity: 'warning',
    title: `"${largest.name}" comes to the model as it is, about ${short(largest.value)} in size`,
    evidence: sizes
      .slice(0, mostShown)
      .map(({ name, value }) => ({ name: `data.size.${name}`, value, threshold: far, note: 'root mean square' })),
    remedy: 'Scale numbers to mean 0 and deviation 1',
    patch: {
      dataset: {
        scale: { type: 'standard' },
        columns: Object.fromEntries(
          sizes
            .filter(({ name }) => Object.hasOwn(dataset.columns, name))
            .map(({ name }) => [name, { scale: { type: 'standard' } }]),
        ),
      },
    },
  };
};
