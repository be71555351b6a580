/** A job as it is served: its spec, where it stands, and what came of it. */
import { type Static, Type } from '#typebox';
import { Float, Id, idPrefixes, Nullable, Page, PageQuery, RunErrorSchema, StringEnum, Time } from './common.js';
import { RecordedEdit } from './edits.js';
import { Initialized } from './initialize.js';
import type { JobSpec } from './job-spec.js';

export const jobStates = [
  'queued',
  'running',
  'pausing',
  'paused',
  'cancelling',
  'succeeded',
  'failed',
  'cancelled',
] as const;
export type JobState = (typeof jobStates)[number];

/** What each state may become; a terminal state never changes. */
export const transitions = {
  queued: ['running', 'paused', 'cancelled', 'failed'],
  running: ['succeeded', 'failed', 'queued', 'paused', 'pausing', 'cancelling'],
  pausing: ['paused', 'succeeded', 'failed', 'cancelling'],
  paused: ['queued', 'cancelled'],
  cancelling: ['cancelled'],
  succeeded: [],
  failed: [],
  cancelled: [],
} as const satisfies Record<JobState, readonly JobState[]>;

export const terminalStates = ['succeeded', 'failed', 'cancelled'] as const satisfies readonly JobState[];

export const cancelModes = ['checkpoint', 'immediate'] as const;
export type CancelMode = (typeof cancelModes)[number];
export const CancelRequest = Type.Object(
  {
    mode: Type.Optional(
      StringEnum(cancelModes, {
        default: 'checkpoint',
        description: 'Whether a running job writes a last checkpoint, from which it could be tried again',
      }),
    ),
  },
  { $id: 'CancelRequest', additionalProperties: false },
);

export const ResumeRequest = Type.Object(
  {
    allowKernelChange: Type.Optional(
      Type.Boolean({
        default: false,
        description:
          'Lets consumers with other kernels take the job from now on. It then ends in other bits than it would have',
      }),
    ),
  },
  { $id: 'ResumeRequest', additionalProperties: false },
);

export const ForkRequest = Type.Object(
  {
    from: Type.Optional(
      Type.String({
        pattern: `^(start|best|last|${idPrefixes.checkpoint}_[0-9a-hjkmnp-tv-z]{26})$`,
        default: 'start',
        description: '`start`, `best`, `last`, or the id of a checkpoint of the job',
      }),
    ),
    patch: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), {
        default: {},
        description: 'JSON merge patch (RFC 7396) on the job’s spec; a part that gets another `type` is replaced',
      }),
    ),
  },
  { $id: 'ForkRequest', additionalProperties: false },
);

export const Transition = Type.Object(
  {
    from: Nullable(StringEnum(jobStates)),
    to: StringEnum(jobStates),
    at: Time,
    actor: Type.String({ description: '`client`, `consumer:<id>`, `reconciler`, `supervisor` or `sweep`' }),
    reason: Nullable(Type.String()),
  },
  { $id: 'Transition', additionalProperties: false },
);
export type Transition = Static<typeof Transition>;

export const Progress = Type.Object(
  {
    percent: Type.Number({ minimum: 0, maximum: 100 }),
    epoch: Type.Integer(),
    step: Type.Integer(),
    totalSteps: Type.Integer(),
    stepsPerSecond: Nullable(Type.Number()),
    etaSeconds: Nullable(Type.Number()),
    updatedAt: Time,
  },
  { $id: 'Progress', additionalProperties: false },
);
export type Progress = Static<typeof Progress>;

/** Final metrics of one split: scalars, and for classification the confusion matrix and each class. */
export const SplitMetrics = Type.Object(
  {
    rows: Type.Integer(),
    values: Type.Record(Type.String(), Float, { description: '`accuracy`, `f1`, `r2`, … by name, without the split' }),
    confusion: Type.Optional(
      Type.Array(Type.Array(Type.Integer()), {
        description: '[actual][predicted] counts; up to 100 classes, and not in lists',
      }),
    ),
    classes: Type.Optional(
      Type.Array(
        Type.Object(
          { name: Type.String(), precision: Float, recall: Float, f1: Float, support: Type.Integer() },
          { additionalProperties: false },
        ),
      ),
    ),
  },
  { $id: 'SplitMetrics', additionalProperties: false },
);
export type SplitMetrics = Static<typeof SplitMetrics>;

export const JobResult = Type.Object(
  {
    modelId: Id('model'),
    bestCheckpointId: Id('checkpoint'),
    reason: StringEnum(['completed', 'earlyStopped', 'timeLimit']),
    metrics: Type.Object(
      { train: SplitMetrics, validation: Nullable(SplitMetrics), test: Nullable(SplitMetrics) },
      { additionalProperties: false },
    ),
    folds: Type.Optional(
      Type.Object(
        {
          count: Type.Integer({ description: 'Folds that were run: fewer than asked for where the time was over' }),
          metrics: Type.Record(
            Type.String(),
            Type.Object(
              {
                mean: Float,
                deviation: Type.Unsafe<Float>({ ...Float, description: 'Of the population' }),
                values: Type.Array(Float, { description: 'Of each fold' }),
              },
              { additionalProperties: false },
            ),
          ),
        },
        {
          additionalProperties: false,
          description:
            'Of a cross-validated job: how well the best weights of each fold’s run do on the fold. `metrics` are of the last run',
        },
      ),
    ),
  },
  { $id: 'JobResult', additionalProperties: false },
);
export type JobResult = Static<typeof JobResult>;

export const Job = Type.Object(
  {
    id: Id('job'),
    name: Type.String(),
    state: StringEnum(jobStates),
    spec: Type.Unsafe<JobSpec>({ ...Type.Ref('JobSpec'), description: 'As it is now, after all edits in effect' }),
    edits: Type.Array(RecordedEdit, { description: 'To its training while it ran, in the order in which they came' }),
    progress: Nullable(Progress),
    attempt: Type.Integer({ description: 'How many times a consumer has taken it' }),
    reason: Nullable(Type.String({ description: 'Why it is in this state, where that needs saying' })),
    error: Nullable(RunErrorSchema),
    result: Nullable(JobResult),
    createdAt: Time,
    startedAt: Nullable(Time),
    finishedAt: Nullable(Time),
    transitions: Type.Array(Transition),
    metadata: Type.Record(Type.String(), Type.String()),
    forkOf: Nullable(Id('job')),
    initialized: Nullable(Initialized),
    sweepId: Nullable(Id('sweep')),
    trial: Nullable(Type.Integer({ description: 'Its number in the sweep' })),
  },
  { $id: 'Job', additionalProperties: false },
);
export type Job = Static<typeof Job>;
export const JobPage = Page(Job, 'JobPage');

export const JobQuery = Type.Object(
  {
    ...PageQuery.properties,
    state: Type.Optional(StringEnum(jobStates)),
    name: Type.Optional(Type.String({ maxLength: 200, description: 'Exact name' })),
    sweep: Type.Optional(Id('sweep')),
  },
  { additionalProperties: false },
);

export const Plan = Type.Object(
  {
    parameters: Type.Integer({ description: 'That learn' }),
    peakBytes: Type.Integer({ description: 'Of engine memory, dataset included' }),
    flopsPerStep: Type.Number(),
    stepsPerEpoch: Type.Integer({
      description:
        'At most, where it depends on values that are only read by the run: rows dropped, groups, balanced classes, byte pairs',
    }),
    totalSteps: Type.Integer({ description: 'At most; of a cross-validated job over all folds and the last run' }),
    estimatedSeconds: Nullable(Type.Number({ description: 'null when no consumer has measured its speed yet' })),
    layers: Type.Array(
      Type.Object(
        {
          name: Type.String(),
          type: Type.String(),
          inputShape: Type.Array(Type.Integer()),
          outputShape: Type.Array(Type.Integer()),
          parameters: Type.Integer(),
        },
        { additionalProperties: false },
      ),
    ),
    spec: Type.Unsafe<Static<typeof JobSpec>>({ ...Type.Ref('JobSpec'), description: 'With every default filled in' }),
    initialized: Nullable(Initialized),
  },
  { $id: 'Plan', additionalProperties: false },
);
export type Plan = Static<typeof Plan>;
