/** Columns that miss so many values that filling them in makes much of them up. */
import { percent, type Rule } from '../finding.js';

/** Share of the training rows. */
const [much, most] = [0.1, 0.4];
const mostShown = 5;

export const missingData: Rule = ({ data, spec }) => {
  const { dataset } = spec;
  const missing = data.columns.filter((column) => column.missing >= much).sort((a, b) => b.missing - a.missing);
  if (missing.length === 0 || !('missing' in dataset)) return null;
  const worst = missing[0]!;
  const indicated = dataset.missing.type === 'impute' && dataset.missing.indicator;
  if (indicated && worst.missing < most) return null;
  return {
    severity: worst.missing >= most ? 'warning' : 'info',
    title: `"${worst.name}" has no value in ${percent(worst.missing)} of the training rows`,
    evidence: missing
      .slice(0, mostShown)
      .map(({ name, missing }) => ({ name: `data.missing.${name}`, value: missing, threshold: much })),
    remedy: 'Impute them and say by an indicator where they were missing: that may itself tell something',
    patch: indicated ? null : { dataset: { missing: { type: 'impute', indicator: true } } },
  };
};
