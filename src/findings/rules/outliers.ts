/** Columns whose scale a few values set: all others lie in a sliver of it. */
import { settingsOf } from '../../data/features/choose.js';
import { type Rule, short } from '../finding.js';

/** Of a normal distribution: deviation for one interquartile range. */
const normal = 1.349;
const stretched = 8;
const mostShown = 5;

export const outliers: Rule = ({ data, spec }) => {
  const { dataset } = spec;
  if (!('outliers' in dataset)) return null;
  const wide = data.columns
    .flatMap(({ name, numbers }) => (numbers ? [{ name, ...numbers }] : []))
    .filter(({ name, quartileRange }) => {
      const { outliers, scale } = settingsOf(dataset, name);
      return outliers.type === 'keep' && scale.type !== 'robust' && quartileRange > 0;
    })
    .map(({ name, deviation, quartileRange }) => ({ name, value: (normal * deviation) / quartileRange }))
    .filter(({ value }) => value > stretched)
    .sort((a, b) => b.value - a.value);
  if (wide.length === 0) return null;
  const settings = { outliers: { type: 'clipIqr', factor: 3 } };
  return {
    severity: 'info',
    title: `A few values make "${wide[0]!.name}" ${short(wide[0]!.value)} times as wide as the others`,
    evidence: wide.slice(0, mostShown).map(({ name, value }) => ({
      ...{ name: `data.spread.${name}`, value, threshold: stretched },
      note: 'deviation against what the quartiles would have it',
    })),
    remedy: 'Look at these values; if they are real, clip them so that they do not set the scale',
    patch: { dataset: { columns: Object.fromEntries(wide.map(({ name }) => [name, settings])) } },
  };
};
