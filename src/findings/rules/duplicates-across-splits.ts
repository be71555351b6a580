/** Rows of validation and test that training has seen, target and all: the measure is of memory. */
import { percent, type Rule } from '../finding.js';

/** Share of a part's rows. */
const many = 0.05;

export const duplicatesAcrossSplits: Rule = ({ data, spec }) => {
  const { validation, test } = data.inTrain;
  const share = Math.max(validation, test);
  if (share < many) return null;
  return {
    severity: 'warning',
    title: `${percent(share)} of the rows of ${validation >= test ? 'validation' : 'test'} are in training too`,
    evidence: [
      { name: 'data.inTrain.validation', value: validation, threshold: many },
      { name: 'data.inTrain.test', value: test, threshold: many },
    ],
    remedy: 'Drop rows that equal an earlier one, or keep what belongs together in one part by a grouped split',
    patch: 'duplicates' in spec.dataset ? { dataset: { duplicates: { type: 'drop' } } } : null,
  };
};
