/** A validation split on which luck decides what the best evaluation is. */
import type { Rule } from '../finding.js';

/** A share that is measured on so few rows may be off by more than a fifth either way: 2 √(¼ / n) > 0.2. */
const leastRows = 25;
/** What validation needs of the rows that there are. */
const wanted = 0.3;

export const validationTooSmall: Rule = ({ data, spec }) => {
  const value = data.rows.validation;
  if (value === 0 || value >= leastRows || spec.task === 'languageModel' || spec.task === 'maskedLanguageModel')
    return null;
  const { split } = spec.dataset;
  const all = data.rows.train + value + data.rows.test;
  const isRandom =
    split.type === 'random' && split.validation < wanted && wanted + split.test < 1 && wanted * all >= leastRows;
  return {
    severity: 'info',
    title: `Validation rests on ${value} rows`,
    evidence: [{ name: 'data.rows.validation', value, threshold: leastRows }],
    remedy: isRandom
      ? `Give it ${wanted} of the rows`
      : 'Gather more rows for it, or hold several splits against one another',
    patch: isRandom ? { dataset: { split: { validation: wanted } } } : null,
  };
};
