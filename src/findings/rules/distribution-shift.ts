/** "It is poor in production": validation or test rows are not such as training has. */
import { percent, type Rule } from '../finding.js';

/** Share of the rows that lie where training has none for them, beyond chance: total variation of a column's bins. */
const apart = 0.2;
const mostShown = 5;

export const distributionShift: Rule = ({ data, spec }) => {
  const shifts = [
    ...data.columns.map(({ name, shift }) => ({ name, shift })),
    { name: 'the target', shift: data.targetShift },
  ]
    .flatMap(({ name, shift }) => (['validation', 'test'] as const).map((part) => ({ name, part, value: shift[part] })))
    .filter(({ value }) => value > apart)
    .sort((a, b) => b.value - a.value);
  const worst = shifts[0];
  if (!worst) return null;
  const { split } = spec.dataset;
  return {
    severity: 'warning',
    title: `In ${worst.part}, ${percent(worst.value)} of ${worst.name === 'the target' ? worst.name : `"${worst.name}"`} lies elsewhere than in training`,
    evidence: shifts.slice(0, mostShown).map(({ name, part, value }) => ({
      ...{ name: `data.shift.${part}.${name}`, value, threshold: apart, note: 'total variation beyond chance' },
    })),
    remedy:
      split.type === 'random'
        ? 'Another seed, or a split by group: this one drew unlike parts'
        : 'Train on rows like those that the model will be asked about; until then believe these measures, not a random split’s',
    patch: null,
  };
};
