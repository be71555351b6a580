/** Jobs beside one another: which stems from which, where their specs differ, and their curves on one axis. */
import { type Static, Type } from '#typebox';
import { Float, Id, idPrefixes, Nullable, StringEnum, Time } from './common.js';
import { jobStates } from './job.js';

export const maxCompared = 20;
/** Jobs of one family that are told at once. */
export const maxFamily = 1000;

export const JobSummary = Type.Object(
  {
    id: Id('job'),
    name: Type.String(),
    state: StringEnum(jobStates),
    forkOf: Nullable(Id('job')),
    metrics: Nullable(
      Type.Record(Type.String(), Float, {
        description: 'What its model reached, by split: `train.loss`, `validation.accuracy`, …; null before the end',
      }),
    ),
    createdAt: Time,
  },
  { $id: 'JobSummary', additionalProperties: false },
);
export type JobSummary = Static<typeof JobSummary>;

export const Relative = Type.Object(
  {
    ...JobSummary.properties,
    origin: Nullable(Type.String({ description: 'What it was forked from, and what it took over' })),
    changes: Type.Array(
      Type.Object(
        { path: Type.String(), before: Type.Unknown(), after: Type.Unknown() },
        { additionalProperties: false },
      ),
      {
        description:
          'Where its spec differs from that of the job it was forked from; null is a field that is not there',
      },
    ),
  },
  { $id: 'Relative', additionalProperties: false },
);
export type Relative = Static<typeof Relative>;

export const Lineage = Type.Object(
  {
    rootId: Id('job'),
    jobs: Type.Array(Relative, {
      description: 'From the root down to the job itself, then whatever else stems from the root, oldest first',
    }),
    truncated: Type.Boolean({ description: `More than ${maxFamily} others stem from the root` }),
  },
  { $id: 'Lineage', additionalProperties: false },
);
export type Lineage = Static<typeof Lineage>;

const oneId = `${idPrefixes.job}_[0-9a-hjkmnp-tv-z]{26}`;
export const ComparisonQuery = Type.Object(
  {
    ids: Type.String({
      pattern: `^${oneId}(,${oneId}){1,${maxCompared - 1}}$`,
      description: `2 to ${maxCompared} jobs, between commas`,
    }),
    names: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 4000,
        description: 'Series, between commas; `train.loss` and all of the validation where none is named',
      }),
    ),
    by: Type.Optional(
      StringEnum(['step', 'time'], { default: 'step', description: '`time`: seconds of training, pauses left out' }),
    ),
    maxPoints: Type.Optional(Type.Integer({ minimum: 2, maximum: 10_000, default: 1000, description: 'Of the axis' })),
  },
  { additionalProperties: false },
);

export const Comparison = Type.Object(
  {
    by: StringEnum(['step', 'time']),
    jobs: Type.Array(JobSummary, { description: 'In the order asked for, which is that of all values below' }),
    differences: Type.Array(
      Type.Object({ path: Type.String(), values: Type.Array(Type.Unknown()) }, { additionalProperties: false }),
      { description: 'Fields that are not equal in all specs; null is a field that is not there' },
    ),
    series: Type.Array(
      Type.Object(
        {
          name: Type.String(),
          axis: Type.Array(Type.Number(), { description: 'Steps, or seconds' }),
          values: Type.Array(Type.Array(Nullable(Float)), {
            description: '[job][place of the axis]; null where the job has no point',
          }),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { $id: 'Comparison', additionalProperties: false },
);
export type Comparison = Static<typeof Comparison>;
