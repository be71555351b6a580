/** What a run's evidence says is wrong with it, and what to change: GET /v1/jobs/{id}/findings. */
import { type Static, Type } from '#typebox';
import { Float, Nullable, StringEnum } from './common.js';

export const findingCodes = [
  'nonFiniteLoss',
  'learningRateTooHigh',
  'learningRateTooLow',
  'explodingGradients',
  'vanishingGradients',
  'deadUnits',
  'saturatedUnits',
  'lossSpikes',
  'plateau',
  'underfitting',
  'overfitting',
  'tooShort',
  'noSignal',
  'tooLittleData',
  'validationTooSmall',
  'classImbalance',
  'missingData',
  'outliers',
  'constantFeatures',
  'unscaledFeatures',
  'duplicatesAcrossSplits',
  'leakingFeature',
  'distributionShift',
] as const;
export type FindingCode = (typeof findingCodes)[number];

/** From the least grave. */
export const severities = ['info', 'warning', 'error'] as const;

const closed = { additionalProperties: false };

const FindingEvidence = Type.Object(
  {
    name: Type.String({ description: 'A metric, a layer’s signal, or what was counted in the data' }),
    value: Float,
    threshold: Type.Optional(Float),
    step: Type.Optional(Type.Integer({ minimum: 0 })),
    note: Type.Optional(Type.String()),
  },
  closed,
);

export const Finding = Type.Object(
  {
    code: StringEnum(findingCodes),
    severity: StringEnum(severities, { description: 'error: the model is of no use as it is' }),
    title: Type.String(),
    step: Type.Integer({ minimum: 0, description: 'At which it was first seen; 0: before the first, in the data' }),
    evidence: Type.Array(FindingEvidence, { minItems: 1 }),
    remedy: Type.String(),
    patch: Nullable(Type.Record(Type.String(), Type.Unknown())),
  },
  {
    $id: 'Finding',
    ...closed,
    description: '`patch` is what `POST /v1/jobs/{id}/fork` takes as it is; null where no field of a spec mends it',
  },
);
export type Finding = Static<typeof Finding>;

export const Findings = Type.Object(
  { items: Type.Array(Finding, { description: 'The gravest first, at most one a code' }) },
  { $id: 'Findings', ...closed },
);
export type Findings = Static<typeof Findings>;
