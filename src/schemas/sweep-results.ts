/** A sweep as it is served: what it tries, where it stands, and what has come of it so far. */
import { type Static, Type } from '#typebox';
import { FieldErrorSchema, Float, Id, Nullable, Page, PageQuery, StringEnum, Time } from './common.js';
import { jobStates } from './job.js';
import type { JobSpec } from './job-spec.js';
import { SweepSettings } from './sweep.js';

export const sweepStates = ['running', 'paused', 'cancelling', 'succeeded', 'failed', 'cancelled'] as const;
export type SweepState = (typeof sweepStates)[number];

const closed = { additionalProperties: false };
const Parameters = Type.Record(Type.String(), Type.Unknown(), { description: 'Its value of each, by JSON pointer' });
const trial = Type.Integer({ description: 'From 0, in the order in which they began' });
const value = Nullable(Float);

export const SweepReport = Type.Object(
  {
    rung: Type.Integer({ description: 'From 0; the last is the end of the trial' }),
    step: Type.Integer(),
    value,
    at: Time,
    promotedAt: Nullable(Time),
    reason: Nullable(Type.String({ description: 'Why it went on, or was not to' })),
  },
  { $id: 'SweepReport', ...closed },
);

export const SweepTrial = Type.Object(
  {
    trial,
    jobId: Nullable(Id('job')),
    state: Nullable(StringEnum(jobStates, { description: 'Of its job' })),
    parameters: Parameters,
    step: Type.Integer(),
    totalSteps: Type.Integer(),
    value,
    best: Type.Boolean(),
    reports: Type.Array(SweepReport, { description: 'What was known of it at each rung; decisions rest on these' }),
    error: Nullable(FieldErrorSchema),
  },
  { $id: 'SweepTrial', ...closed },
);
export type SweepTrial = Static<typeof SweepTrial>;

export const BestTrial = Type.Object(
  { trial, jobId: Nullable(Id('job')), value: Float, parameters: Parameters },
  { $id: 'BestTrial', ...closed },
);
export type BestTrial = Static<typeof BestTrial>;

const { name: _, ...settings } = SweepSettings.properties;

const fields = {
  id: Id('sweep'),
  name: Type.String(),
  state: StringEnum(sweepStates),
  job: Type.Unsafe<JobSpec>({
    ...Type.Ref('JobSpec'),
    description: 'What all trials share, every default filled in',
  }),
  ...settings,
  rungs: Type.Array(Type.Integer(), { description: 'Steps at which trials stop' }),
  createdAt: Time,
  finishedAt: Nullable(Time),
};

/** As it is listed: nothing that all its trials have to be looked at for. */
export const SweepSummary = Type.Object(fields, { $id: 'SweepSummary', ...closed });
export type SweepSummary = Static<typeof SweepSummary>;

export const Sweep = Type.Object(
  {
    ...fields,
    progress: Type.Object(
      {
        trials: Type.Integer({ description: 'Begun so far' }),
        open: Type.Integer({ description: 'Queued or running' }),
        succeeded: Type.Integer(),
        failed: Type.Integer({ description: 'Those that no job could be of among them' }),
        steps: Type.Integer(),
        seconds: Type.Number(),
      },
      closed,
    ),
    best: Nullable(BestTrial),
    importance: Type.Array(
      Type.Object({ path: Type.String(), share: Nullable(Type.Number({ minimum: 0, maximum: 1 })) }, closed),
      {
        description:
          'Share of the variance of the trials’ ranks that each parameter explains alone, the first first; null while fewer than 12 trials tell. Of asha: of the ranks at the first rung',
      },
    ),
  },
  { $id: 'Sweep', ...closed },
);
export type Sweep = Static<typeof Sweep>;
export const SweepPage = Page(SweepSummary, 'SweepPage');
export const SweepTrialPage = Page(SweepTrial, 'SweepTrialPage');

export const SweepQuery = Type.Object(
  { ...PageQuery.properties, state: Type.Optional(StringEnum(sweepStates)) },
  { additionalProperties: false },
);
