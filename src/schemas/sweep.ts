/** A sweep as it is posted: a job, which of its fields vary between what, and how the places to try are chosen. */
import { type Static, Type } from '#typebox';
import { EvaluationSpec, type Resolved } from '../engine/index.js';
import { tagged } from '../engine/tagged.js';
import { StringEnum } from './common.js';
import { JobSpec } from './job-spec.js';

const closed = { additionalProperties: false };
const scale = Type.Optional(
  StringEnum(['linear', 'log'], { default: 'linear', description: 'On which of the two all values are alike likely' }),
);
const points = Type.Optional(
  Type.Integer({
    minimum: 2,
    maximum: 1000,
    description: 'Of a grid: values, evenly on the scale, both ends among them',
  }),
);

export const SweepParameter = tagged(
  [
    Type.Object({ type: Type.Literal('float'), min: Type.Number(), max: Type.Number(), scale, points }, closed),
    Type.Object(
      {
        type: Type.Literal('int'),
        min: Type.Integer({ minimum: -(2 ** 31), maximum: 2 ** 31 }),
        max: Type.Integer({ minimum: -(2 ** 31), maximum: 2 ** 31 }),
        scale,
        step: Type.Optional(
          Type.Integer({ minimum: 1, maximum: 2 ** 31, description: 'Between values, from min on; default 1' }),
        ),
        points,
      },
      closed,
    ),
    Type.Object(
      {
        type: Type.Literal('choice'),
        values: Type.Array(Type.Unknown(), { minItems: 1, maxItems: 32, description: 'Any values, each once' }),
      },
      closed,
    ),
  ],
  { $id: 'SweepParameter', description: 'What a field of the job may be' },
);
export type SweepParameter = Static<typeof SweepParameter>;
/** By JSON pointer into the job's spec. */
export type SweepParameters = Readonly<Record<string, SweepParameter>>;

export const SweepMethod = tagged(
  [
    Type.Object({ type: Type.Literal('grid') }, closed),
    Type.Object({ type: Type.Literal('random') }, closed),
    Type.Object(
      {
        type: Type.Literal('tpe'),
        startTrials: Type.Optional(
          Type.Integer({
            minimum: 1,
            maximum: 1000,
            default: 10,
            description: 'At random, before it learns from them',
          }),
        ),
      },
      closed,
    ),
    Type.Object(
      {
        type: Type.Literal('asha'),
        minSteps: Type.Integer({ minimum: 1, maximum: 1_000_000_000, description: 'Of every trial: the first rung' }),
        eta: Type.Optional(
          Type.Integer({
            minimum: 2,
            maximum: 16,
            default: 3,
            description: 'Each rung has as many times the steps of the one before, and one trial in as many goes on',
          }),
        ),
      },
      closed,
    ),
  ],
  {
    default: { type: 'random' },
    description:
      'grid: all combinations. random: independent draws. tpe: Bergstra’s tree-structured Parzen estimator. ' +
      'asha: random draws, and successive halving: a trial stops at a rung and goes on if it is among the best there',
  },
);

const SweepBudget = Type.Object(
  {
    trials: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
    steps: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 1_000_000_000_000, description: 'Of all trials; never exceeded' }),
    ),
    seconds: Type.Optional(
      Type.Number({
        exclusiveMinimum: 0,
        maximum: 31_536_000,
        description:
          'Of training, of all trials. Once they are used up nothing begins; what runs goes on to where it was to stop',
      }),
    ),
  },
  { ...closed, default: {}, description: 'At least one for any method but grid' },
);

/** All of a sweep but its job. */
export const SweepSettings = Type.Object(
  {
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'Default: the job’s name' })),
    parameters: Type.Record(Type.String(), SweepParameter, {
      minProperties: 1,
      maxProperties: 12,
      description: 'By JSON pointer into the job’s spec: `/optimizer/learningRate`, `/model/layers/0/units`',
    }),
    method: Type.Optional(SweepMethod),
    objective: Type.Optional({
      ...EvaluationSpec.properties.best,
      description: 'What makes a trial better; it also chooses the weights of each, as `evaluation.best`',
    }),
    budget: Type.Optional(SweepBudget),
    concurrency: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 64, default: 2, description: 'Trials queued or running at once' }),
    ),
    seed: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: Number.MAX_SAFE_INTEGER,
        default: 1,
        description: 'Of the choice of values',
      }),
    ),
  },
  { additionalProperties: false },
);

export const SweepSpec = Type.Object(
  { job: JobSpec, ...SweepSettings.properties },
  { $id: 'SweepSpec', additionalProperties: false },
);
export type SweepSpec = Static<typeof SweepSpec>;

export type ResolvedMethod = Resolved<Static<typeof SweepMethod>>;
export type Objective = Resolved<NonNullable<Static<typeof EvaluationSpec>['best']>>;

/** As it is stored, beside its job: every default filled in. */
export interface ResolvedSweep {
  name: string;
  parameters: SweepParameters;
  method: ResolvedMethod;
  objective: Objective;
  budget: { trials: number; steps?: number; seconds?: number };
  concurrency: number;
  seed: number;
}
