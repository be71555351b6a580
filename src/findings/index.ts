/** Every rule, by the code of what it finds. To add one: its code in the schema, its file, its line; a missing line does not compile. */
import { toFloat } from '../run/predictions.js';
import { type Finding, type FindingCode, findingCodes } from '../schemas/finding.js';
import type { Evidence } from './evidence.js';
import type { Rule } from './finding.js';
import { classImbalance } from './rules/class-imbalance.js';
import { constantFeatures } from './rules/constant-features.js';
import { deadUnits } from './rules/dead-units.js';
import { distributionShift } from './rules/distribution-shift.js';
import { duplicatesAcrossSplits } from './rules/duplicates-across-splits.js';
import { explodingGradients } from './rules/exploding-gradients.js';
import { leakingFeature } from './rules/leaking-feature.js';
import { learningRateTooHigh } from './rules/learning-rate-too-high.js';
import { learningRateTooLow } from './rules/learning-rate-too-low.js';
import { lossSpikes } from './rules/loss-spikes.js';
import { missingData } from './rules/missing-data.js';
import { noSignal } from './rules/no-signal.js';
import { nonFiniteLoss } from './rules/non-finite-loss.js';
import { outliers } from './rules/outliers.js';
import { overfitting } from './rules/overfitting.js';
import { plateau } from './rules/plateau.js';
import { saturatedUnits } from './rules/saturated-units.js';
import { tooLittleData } from './rules/too-little-data.js';
import { tooShort } from './rules/too-short.js';
import { underfitting } from './rules/underfitting.js';
import { unscaledFeatures } from './rules/unscaled-features.js';
import { validationTooSmall } from './rules/validation-too-small.js';
import { vanishingGradients } from './rules/vanishing-gradients.js';

const rules: { readonly [Code in FindingCode]: Rule } = {
  nonFiniteLoss,
  learningRateTooHigh,
  learningRateTooLow,
  explodingGradients,
  vanishingGradients,
  deadUnits,
  saturatedUnits,
  lossSpikes,
  plateau,
  underfitting,
  overfitting,
  tooShort,
  noSignal,
  tooLittleData,
  validationTooSmall,
  classImbalance,
  missingData,
  outliers,
  constantFeatures,
  unscaledFeatures,
  duplicatesAcrossSplits,
  leakingFeature,
  distributionShift,
};

/** What the evidence says, but for the codes that are known already. */
export function findingsOf(evidence: Evidence, known: ReadonlySet<FindingCode>): Finding[] {
  return findingCodes.flatMap((code): Finding[] => {
    if (known.has(code)) return [];
    const found = rules[code](evidence);
    return found === null ? [] : [{ code, ...found, evidence: found.evidence.map(asFloats), step: evidence.step }];
  });
}

const asFloats = ({ value, threshold, ...item }: Finding['evidence'][number]): Finding['evidence'][number] => ({
  ...item,
  value: toFloat(Number(value)),
  ...(threshold !== undefined && { threshold: toFloat(Number(threshold)) }),
});
