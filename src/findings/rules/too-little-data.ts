/** Fewer rows than anything could be learnt from. */
import type { Rule } from '../finding.js';
import { regularised } from '../regularised.js';

/** Rows a class, and rows of a regression. */
const [aClass, all] = [10, 50];

export const tooLittleData: Rule = ({ data, parameters, spec }) => {
  if (spec.task !== 'classification' && spec.task !== 'regression') return null;
  const classes = data.classes?.counts.train.filter((count) => count > 0).length ?? 0;
  const threshold = Math.max(all, aClass * classes);
  const value = data.rows.train;
  if (value >= threshold) return null;
  return {
    severity: 'warning',
    title: `${value} training rows are too few`,
    evidence: [
      { name: 'data.rows.train', value, threshold },
      { name: 'model.parameters', value: parameters },
    ],
    remedy: 'Gather more rows; until then a small model that is held back loses the least',
    patch: regularised(spec),
  };
};
