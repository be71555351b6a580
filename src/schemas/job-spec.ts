/**
 * JobSpec: what a client posts. The engine's half (model, loss, optimizer, …) is the engine's own schema; here stand the
 * dataset, the task and what the service does with the run. Every default is in a schema, so that `fillDefaults` can
 * write each into the stored spec; `null` for a field restores its default, as in a merge patch.
 */
import { type Static, Type } from '#typebox';
import { AugmentationsSpec, type ResolvedAugmentation } from '../data/augment/index.js';
import { EngineSpec, type ResolvedEngineSpec } from '../engine/index.js';
import { Metadata, Nullable, StringEnum } from './common.js';
import { DatasetSpec, type ResolvedDatasetSpec } from './dataset-spec.js';
import { InitializeSpec, type ResolvedInitialize } from './initialize.js';

export const tasks = ['classification', 'regression', 'languageModel', 'maskedLanguageModel'] as const;
export type Task = (typeof tasks)[number];

export const JobSpec = Type.Object(
  {
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'Default: the dataset’s name' })),
    task: Type.Optional(
      StringEnum(['auto', ...tasks], {
        default: 'auto',
        description:
          'auto, of tables: categories, booleans and integers with at most 20 values are classified, the rest is regression. ' +
          'Of a text: what the model does, languageModel for gpt and maskedLanguageModel for bert',
      }),
    ),
    dataset: DatasetSpec,
    augmentation: Type.Optional(AugmentationsSpec),
    ...EngineSpec.properties,
    initialize: Type.Optional(Nullable(InitializeSpec, { default: null })),
    limits: Type.Optional(
      Type.Object(
        {
          maxSeconds: Type.Optional(
            Nullable(
              Type.Number({
                exclusiveMinimum: 0,
                maximum: 31_536_000,
                description: 'Of training; then the run ends with its best weights',
              }),
              {
                default: null,
              },
            ),
          ),
        },
        { additionalProperties: false, default: {} },
      ),
    ),
    priority: Type.Optional(
      Type.Integer({ minimum: -100, maximum: 100, default: 0, description: 'Higher runs first' }),
    ),
    metadata: Type.Optional(Type.Unsafe<Static<typeof Metadata>>({ ...Metadata, default: {} })),
  },
  { $id: 'JobSpec', additionalProperties: false },
);
export type JobSpec = Static<typeof JobSpec>;

/** The stored spec: every default filled in, `task` decided. What the consumer and the thread read. */
export interface ResolvedJobSpec extends ResolvedEngineSpec {
  name: string;
  task: Task;
  dataset: ResolvedDatasetSpec;
  augmentation: ResolvedAugmentation[];
  /** Absent of jobs from before there was any. */
  initialize?: ResolvedInitialize | null;
  limits: { maxSeconds: number | null };
  priority: number;
  metadata: Record<string, string>;
}

/**
 * A stored spec could be posted: every value it holds is legal. Its type differs in naming `undefined` the fields that it
 * must not have, and readonly lists.
 */
export const asPosted = (spec: ResolvedJobSpec): JobSpec => spec as unknown as JobSpec;
