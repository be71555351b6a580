/** What a run leaves behind: metric series, events, checkpoints, and the model that predicts. */
import { type Static, Type } from '#typebox';
import type { InheritedWeights } from '../engine/index.js';
import { Float, Id, Nullable, Page, StringEnum, Time } from './common.js';
import { tasks } from './job-spec.js';

const step = (description: string) => Type.Optional(Type.Integer({ minimum: 0, description }));

export const MetricsQuery = Type.Object(
  {
    names: Type.Optional(
      Type.String({
        maxLength: 2000,
        pattern: '^[A-Za-z0-9_.]+(,[A-Za-z0-9_.]+)*$',
        description: 'Comma-separated; default all',
      }),
    ),
    fromStep: step('First step, included'),
    toStep: step('Last step, included'),
    segment: Type.Optional(
      Type.String({
        pattern: '^(all|[0-9]{1,3})$',
        description:
          'Of a run that was rolled back: one of its segments, from 0, or all, each series by itself. Default: the line that survives, without what was measured between a rollback and where it went back to',
      }),
    ),
    maxPoints: Type.Optional(
      Type.Integer({
        minimum: 2,
        maximum: 100_000,
        description: 'A series; thinning keeps each bucket’s least and greatest',
      }),
    ),
  },
  { additionalProperties: false },
);

export const MetricSeries = Type.Object(
  {
    name: Type.String(),
    segment: Type.Optional(Type.Integer({ description: 'Where segments were asked for' })),
    steps: Type.Array(Type.Integer()),
    values: Type.Array(Float),
  },
  { $id: 'MetricSeries', additionalProperties: false },
);
export const Metrics = Type.Object(
  { series: Type.Array(MetricSeries) },
  { $id: 'Metrics', additionalProperties: false },
);
export type Metrics = Static<typeof Metrics>;

export const eventTypes = [
  'state',
  'initialized',
  'checkpoint',
  'epoch',
  'rollback',
  'finding',
  'edit',
  'warning',
] as const;
export const Event = Type.Object(
  {
    seq: Type.Integer({ description: 'Rises by one within a job' }),
    jobId: Id('job'),
    type: StringEnum(eventTypes),
    data: Type.Record(Type.String(), Type.Unknown()),
    at: Time,
  },
  { $id: 'Event', additionalProperties: false },
);
export type Event = Static<typeof Event>;
export const EventPage = Page(Event, 'EventPage');

export const Checkpoint = Type.Object(
  {
    id: Id('checkpoint'),
    jobId: Id('job'),
    step: Type.Integer(),
    epoch: Type.Integer(),
    kind: StringEnum(['periodic', 'stop', 'final']),
    best: Type.Boolean({
      description: 'Its own step is the best so far. Every checkpoint carries the best weights beside the last',
    }),
    bytes: Type.Integer(),
    sha256: Type.String(),
    chainSha256: Type.String({
      description:
        'SHA-256 of the hexadecimal text: `chainSha256` of the checkpoint before (empty for the first), `sha256`',
    }),
    metrics: Type.Record(Type.String(), Float),
    pinned: Type.Boolean({ description: 'Kept until it is unpinned' }),
    verified: Type.Object(
      {
        at: Time,
        ok: Type.Boolean({ description: 'False: its bytes are no longer those of `sha256`. It is never loaded' }),
      },
      {
        additionalProperties: false,
        description: 'When its bytes were last hashed: on their way to the store, or read back',
      },
    ),
    createdAt: Time,
  },
  { $id: 'Checkpoint', additionalProperties: false },
);
export type Checkpoint = Static<typeof Checkpoint>;
/** What came of training again from one checkpoint to the next. */
export const Verification = Type.Object(
  {
    ok: Type.Boolean({ description: 'Whether the bytes are equal' }),
    from: Nullable(Id('checkpoint')),
    to: Id('checkpoint'),
    steps: Type.Integer({ description: 'That were trained again' }),
    expectedSha256: Type.String(),
    gotSha256: Type.String(),
  },
  { $id: 'Verification', additionalProperties: false },
);
export type Verification = Static<typeof Verification>;

export const CheckpointPatch = Type.Object(
  { pinned: Type.Boolean() },
  { $id: 'CheckpointPatch', additionalProperties: false },
);
export const CheckpointPage = Page(Checkpoint, 'CheckpointPage');

/** Those of a checkpoint that a model may be. */
export const modelWeights = ['best', 'last'] as const satisfies readonly InheritedWeights[];

export const Model = Type.Object(
  {
    id: Id('model'),
    name: Type.String({ description: 'That it was registered under; else the job’s' }),
    version: Nullable(
      Type.Integer({ description: 'Below its name; null of a job’s own model, as it was not registered' }),
    ),
    aliases: Type.Array(Type.String(), { description: 'Set to it, beside `latest`, which is always the last version' }),
    jobId: Id('job'),
    checkpointId: Id('checkpoint'),
    weights: StringEnum(modelWeights),
    task: StringEnum(tasks),
    target: Nullable(Type.String({ description: 'Column that it predicts; null of a language model' })),
    features: Type.Array(Type.Object({ name: Type.String(), type: Type.String() }, { additionalProperties: false })),
    classes: Nullable(Type.Array(Type.String())),
    createdAt: Time,
  },
  { $id: 'Model', additionalProperties: false },
);
export type Model = Static<typeof Model>;
/** What a model expects and gives, without opening its checkpoint. */
export type ModelCard = Pick<Model, 'task' | 'target' | 'features' | 'classes'>;
export const ModelPage = Page(Model, 'ModelPage');

export const threshold = Type.Optional(
  Type.Number({
    minimum: 0,
    maximum: 1,
    description: 'Of two classes, choose the second where its probability is at least this, else the first',
  }),
);

export const PredictRequest = Type.Object(
  {
    rows: Type.Array(Type.Record(Type.String(), Type.Unknown()), {
      minItems: 1,
      maxItems: 10_000,
      description:
        'Raw rows as they stood in the dataset; a missing field or null is a missing value. Images are lists of pixels, or PNG or JPEG files in base64',
    }),
    topK: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 1000,
        description: 'Tell the probabilities of so many likeliest classes alone',
      }),
    ),
    threshold,
    calibrated: Type.Optional(
      Type.Boolean({
        default: false,
        description:
          'Of classes: probabilities at the temperature that fits the job’s validation split best, so that they are what they say',
      }),
    ),
    interval: Type.Optional(
      Type.Number({
        exclusiveMinimum: 0,
        exclusiveMaximum: 1,
        description: 'Of a value: the interval that would have held this share of the job’s validation split',
      }),
    ),
    explain: Type.Optional(
      Type.Boolean({
        default: false,
        description: 'Of columns: what each feature adds to the answer, against the mean of the training split',
      }),
    ),
  },
  { $id: 'PredictRequest', additionalProperties: false },
);
export type PredictRequest = Static<typeof PredictRequest>;
/** How an answer is told. */
export type Choice = Omit<PredictRequest, 'rows'>;
export const Prediction = Type.Object(
  {
    class: Type.Optional(Type.String({ description: 'classification' })),
    probabilities: Type.Optional(Type.Record(Type.String(), Float)),
    value: Type.Optional(Float),
    interval: Type.Optional(Type.Object({ low: Float, high: Float }, { additionalProperties: false })),
    explanation: Type.Optional(
      Type.Object(
        {
          of: Type.Optional(Type.String({ description: 'The class that was chosen, whose probability is explained' })),
          baseline: Type.Unsafe<Float>({ ...Float, description: 'The answer to the mean of the training split' }),
          contributions: Type.Record(Type.String(), Float, {
            description: 'By feature. With the baseline they sum to the answer',
          }),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { $id: 'Prediction', additionalProperties: false },
);
export type Prediction = Static<typeof Prediction>;
export const PredictResponse = Type.Object(
  { modelId: Id('model'), predictions: Type.Array(Prediction) },
  { $id: 'PredictResponse', additionalProperties: false },
);
