/** Features that have one value in all training rows. */
import type { Rule } from '../finding.js';
import { ignored } from '../remedies.js';

const mostShown = 10;

export const constantFeatures: Rule = ({ data, spec }) => {
  const constant = data.columns.filter((column) => column.constant).map(({ name }) => name);
  if (constant.length === 0 || !('ignore' in spec.dataset)) return null;
  return {
    severity: 'info',
    title: constant.length === 1 ? `"${constant[0]}" has one value` : `${constant.length} features have one value each`,
    evidence: constant.slice(0, mostShown).map((name) => ({ name: `data.distinct.${name}`, value: 1, threshold: 2 })),
    remedy: 'Leave them out: they tell nothing',
    patch: constant.length < data.columns.length ? ignored(spec.dataset, constant) : null,
  };
};
