/** A class so rare that a model does well by never telling it. */
import { percent, type Rule } from '../finding.js';

/** Rows of the most frequent class for one of the rarest. */
const skewed = 10;

export const classImbalance: Rule = ({ data, spec }) => {
  if (data.classes === null) return null;
  const { loss, dataset } = spec;
  if ('classWeights' in loss && loss.classWeights !== null) return null;
  const { names, counts } = data.classes;
  const there = counts.train.map((count, index) => ({ name: names[index]!, count })).filter(({ count }) => count > 0);
  const rarest = there.reduce((least, one) => (one.count < least.count ? one : least), there[0]!);
  const most = Math.max(...there.map(({ count }) => count));
  const ratio = most / rarest.count;
  if (ratio < skewed) return null;
  const rows = counts.train.reduce((sum, count) => sum + count, 0);
  const weighted = 'classWeights' in loss;
  return {
    severity: 'warning',
    title: `${rarest.name} is ${percent(rarest.count / rows)} of the training rows`,
    evidence: [
      { name: 'data.classes.ratio', value: ratio, threshold: skewed, note: 'the most frequent class to the rarest' },
      { name: 'data.classes.rarest', value: rarest.count, note: 'rows' },
    ],
    remedy: 'Let each class weigh as much as the others, and look at recall and F1 rather than at accuracy',
    patch: weighted
      ? { loss: { classWeights: 'balanced' } }
      : 'balance' in dataset
        ? { dataset: { balance: { type: 'oversample' } } }
        : null,
  };
};
