/** A feature that tells the target by itself: it was probably made from it, or after it, and will not be there in production. */
import { percent, type Rule } from '../finding.js';
import { ignored } from '../remedies.js';

/** Share of the target that a column tells (see the profile's score), and a correlation. */
const [leak, leakingCorrelation] = [0.95, 0.99];

export const leakingFeature: Rule = ({ data, spec }) => {
  const leaking = data.columns.filter(
    ({ score, correlation }) => score >= leak || Math.abs(correlation ?? 0) >= leakingCorrelation,
  );
  const worst = leaking[0];
  const names = leaking.map(({ name }) => name);
  if (!worst || !('ignore' in spec.dataset)) return null;
  return {
    severity: 'error',
    title: `"${worst.name}" tells ${percent(Math.max(worst.score, (worst.correlation ?? 0) ** 2))} of the target by itself`,
    evidence: leaking.map(({ name, score, correlation }) => ({
      ...{ name: `data.score.${name}`, value: score, threshold: leak },
      ...(correlation !== null && { note: `correlation ${correlation.toFixed(4)}` }),
    })),
    remedy: 'Leave it out, unless it is known when the model is asked',
    patch: leaking.length < data.columns.length ? ignored(spec.dataset, names) : null,
  };
};
