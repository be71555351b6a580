/**
 * The engine's half of a job's spec: what is trained, how, for how long, and what is reported on the way. Every default
 * stands here; resolve.ts fills them in.
 */
import { type Static, type TSchema, Type } from '#typebox';
import { LossSpec } from './losses/index.js';
import { metricNames } from './metrics/index.js';
import { modes, watchedMetrics } from './metrics/watched.js';
import { ModelSpec, type ResolvedModelSpec } from './models/index.js';
import { OptimizerSpec } from './optimizers/index.js';
import type { Resolved } from './resolved.js';
import { ScheduleSpec } from './schedules/index.js';
import { tagged } from './tagged.js';

export { LossSpec, ModelSpec, OptimizerSpec, type ResolvedModelSpec, ScheduleSpec };

const closed = { additionalProperties: false } as const;
const nullable = <Schema extends TSchema>(schema: Schema, description: string) =>
  Type.Union([schema, Type.Null()], { default: null, description });
const interval = (description: string) =>
  Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000_000, description }));

const names = [...metricNames.classification, ...metricNames.regression] as const;

export const RegularizationSpec = Type.Object(
  {
    l1: Type.Optional(
      Type.Number({ minimum: 0, maximum: 1e6, default: 0, description: 'Adds l1 · sign(w) to the gradient' }),
    ),
    l2: Type.Optional(
      Type.Number({ minimum: 0, maximum: 1e6, default: 0, description: 'Adds l2 · w to the gradient' }),
    ),
  },
  { ...closed, default: {}, description: 'Penalties on weights, never on biases; reported losses leave them out' },
);

/** What bounds a run that names neither epochs nor steps. */
export const defaultEpochs = 200;

export const TrainingSpec = Type.Object(
  {
    epochs: interval(`Passes over the training split; ${defaultEpochs} where neither epochs nor steps is given`),
    steps: interval('Updates of the parameters; instead of epochs'),
    batchSize: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 1_000_000, default: 32, description: 'Rows computed at once' }),
    ),
    seed: Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, default: 1 })),
    sampling: Type.Optional(
      Type.Enum(['epoch', 'randomWindows'], {
        default: 'epoch',
        description:
          'epoch: each row once an epoch, in a new order each time. randomWindows: each row of a batch begins anywhere in the text, and an epoch is as many batches as hold the rows once',
      }),
    ),
    clipNorm: Type.Optional(
      nullable(Type.Number({ exclusiveMinimum: 0, maximum: 1e30 }), 'Greatest Euclidean norm of the whole gradient'),
    ),
    clipValue: Type.Optional(
      nullable(Type.Number({ exclusiveMinimum: 0, maximum: 1e30 }), 'Greatest size of each element of the gradient'),
    ),
    emaDecay: Type.Optional(
      nullable(
        Type.Number({ exclusiveMinimum: 0, exclusiveMaximum: 1 }),
        'Keeps average = decay · average + (1 − decay) · weights after each update; it is evaluated and becomes the model',
      ),
    ),
    gradientAccumulation: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 1_000_000, default: 1, description: 'Batches an update' }),
    ),
  },
  { ...closed, default: {} },
);

export const EvaluationSpec = Type.Object(
  {
    everyEpochs: interval('1 where neither everyEpochs nor everySteps is given'),
    everySteps: interval('Instead of everyEpochs'),
    metrics: Type.Optional(
      Type.Union([Type.Enum(['auto']), Type.Array(Type.Enum(names), { uniqueItems: true })], {
        default: 'auto',
        description:
          'auto: those that are as good as free. The loss is always reported; when a run ends all are measured',
      }),
    ),
    best: Type.Optional(
      Type.Object(
        {
          metric: Type.Optional(Type.Enum(watchedMetrics, { default: 'validation.loss' })),
          mode: Type.Optional(Type.Enum(modes, { default: 'auto', description: 'auto: as the metric has it' })),
        },
        { ...closed, default: {}, description: 'Which weights become the model' },
      ),
    ),
  },
  { ...closed, default: {} },
);

const NoEarlyStopping = Type.Object({ type: Type.Literal('none') }, closed);
const PatienceEarlyStopping = Type.Object(
  {
    type: Type.Literal('patience'),
    patience: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 1_000_000, default: 30, description: 'Evaluations without improvement' }),
    ),
    minDelta: Type.Optional(
      Type.Number({ minimum: 0, maximum: 1e30, default: 0, description: 'Least change that counts as an improvement' }),
    ),
    metric: Type.Optional(Type.Enum(watchedMetrics, { default: 'validation.loss' })),
    mode: Type.Optional(Type.Enum(modes, { default: 'auto', description: 'auto: as the metric has it' })),
    restoreBest: Type.Optional(
      Type.Boolean({ default: true, description: 'false: the last weights become the model, not the best' }),
    ),
  },
  closed,
);
export const EarlyStoppingSpec = tagged([NoEarlyStopping, PatienceEarlyStopping], {
  default: { type: 'patience' },
  description: 'Needs validation rows; without them nothing stops early',
});

export const LossSpikeSpec = tagged(
  [
    Type.Object({ type: Type.Literal('none') }, closed),
    Type.Object(
      {
        type: Type.Literal('rollback'),
        factor: Type.Optional(
          Type.Number({ exclusiveMinimum: 1, maximum: 1e6, default: 10, description: 'Of the median of the window' }),
        ),
        window: Type.Optional(
          Type.Integer({ minimum: 2, maximum: 1000, default: 20, description: 'Logged losses before it' }),
        ),
      },
      closed,
    ),
  ],
  {
    default: { type: 'none' },
    description: 'rollback: a logged training loss above the factor is treated as a NaN is',
  },
);

export const GuardSpec = Type.Object(
  {
    onNonFinite: Type.Optional(
      Type.Enum(['fail', 'rollback'], {
        default: 'fail',
        description:
          'What a NaN or an infinity does. rollback: the run goes on from its last evaluation, or its start, at a lower learning rate; its checkpoints are twice as large',
      }),
    ),
    maxRollbacks: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 100, default: 3, description: 'The next one fails the run' }),
    ),
    learningRateFactor: Type.Optional(
      Type.Number({
        exclusiveMinimum: 0,
        maximum: 1,
        default: 0.1,
        description: 'What each rollback multiplies the learning rate by',
      }),
    ),
    lossSpike: Type.Optional(LossSpikeSpec),
  },
  { ...closed, default: {}, description: 'What a run does where it goes wrong' },
);

export const CheckpointsSpec = Type.Object(
  {
    everyEpochs: interval('1 where no other interval is given'),
    everySteps: interval('Instead of everyEpochs'),
    everySeconds: Type.Optional(Type.Number({ minimum: 1, maximum: 86_400, description: 'Instead of everyEpochs' })),
    minSeconds: Type.Optional(
      Type.Number({ minimum: 0, maximum: 86_400, default: 2, description: 'Least time between periodic checkpoints' }),
    ),
    keepLast: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 2 })),
    keepBest: Type.Optional(Type.Integer({ minimum: 0, maximum: 1000, default: 1 })),
  },
  { ...closed, default: {} },
);

/** Points a series that `logging.everySteps: auto` stays within. */
export const maxLoggedPoints = 10_000;

export const LoggingSpec = Type.Object(
  {
    everySteps: Type.Optional(
      Type.Union([Type.Integer({ minimum: 1, maximum: 1_000_000_000 }), Type.Enum(['auto'])], {
        default: 'auto',
        description: `auto: as often as leaves at most ${maxLoggedPoints} points a series`,
      }),
    ),
  },
  { ...closed, default: {} },
);

export const EngineSpec = Type.Object(
  {
    model: ModelSpec,
    loss: Type.Optional(LossSpec),
    optimizer: Type.Optional(OptimizerSpec),
    schedule: Type.Optional(ScheduleSpec),
    regularization: Type.Optional(RegularizationSpec),
    training: Type.Optional(TrainingSpec),
    evaluation: Type.Optional(EvaluationSpec),
    earlyStopping: Type.Optional(EarlyStoppingSpec),
    guard: Type.Optional(GuardSpec),
    checkpoints: Type.Optional(CheckpointsSpec),
    logging: Type.Optional(LoggingSpec),
  },
  closed,
);
export type EngineSpec = Static<typeof EngineSpec>;

/** Exactly one of some fields. */
type OneOf<Fields> = {
  [Name in keyof Fields]: Pick<Fields, Name> & { [Other in Exclude<keyof Fields, Name>]?: never };
}[keyof Fields];
type With<Spec, Bounds> = Omit<Resolved<Spec>, keyof Bounds> & OneOf<Bounds>;

/** EngineSpec with every default filled in. */
export type ResolvedEngineSpec = Omit<Resolved<EngineSpec>, 'training' | 'evaluation' | 'checkpoints' | 'logging'> & {
  training: With<Static<typeof TrainingSpec>, { epochs: number; steps: number }>;
  evaluation: With<Static<typeof EvaluationSpec>, { everyEpochs: number; everySteps: number }>;
  checkpoints: With<Static<typeof CheckpointsSpec>, { everyEpochs: number; everySteps: number; everySeconds: number }>;
  logging: { everySteps: number };
};
