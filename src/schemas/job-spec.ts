/**
 * JobSpec: what a client posts. The engine's half (model, loss, optimizer, …) is the engine's own schema; here stand the
 * dataset, the task and what the service does with the run. Every default is in a schema, so that `fillDefaults` can
 * write each into the stored spec; `null` for a field restores its default, as in a merge patch.
 */
import { type Static, Type } from '#typebox';
import { EngineSpec, type ResolvedEngineSpec, TableModelSpec } from '../engine/index.js';
import { tagged } from '../engine/tagged.js';
import { Id, Metadata, Nullable, StringEnum } from './common.js';

export const tasks = ['auto', 'classification', 'regression'] as const;

const ImputeMissing = Type.Object(
  { type: Type.Literal('impute') },
  { additionalProperties: false, description: 'Mean for numbers and dates, most frequent value for the others' },
);
const RandomSplit = Type.Object(
  {
    type: Type.Literal('random'),
    validation: Type.Optional(Type.Number({ minimum: 0, maximum: 0.9, default: 0.2 })),
    test: Type.Optional(Type.Number({ minimum: 0, maximum: 0.9, default: 0.2 })),
    stratify: Type.Optional(
      Type.Boolean({ default: true, description: 'Keep class proportions; regression ignores it' }),
    ),
  },
  { additionalProperties: false },
);

export const DatasetSpec = Type.Object(
  {
    id: Id('dataset'),
    target: Type.String({ minLength: 1, maxLength: 200, description: 'Column to predict' }),
    ignore: Type.Optional(
      Type.Array(Type.String({ maxLength: 200 }), {
        default: [],
        maxItems: 2000,
        description: 'Columns left out. Text columns are added when the job is accepted',
      }),
    ),
    missing: Type.Optional(tagged([ImputeMissing], { default: { type: 'impute' } })),
    split: Type.Optional(tagged([RandomSplit], { default: { type: 'random' } })),
  },
  { $id: 'DatasetSpec', additionalProperties: false },
);
export type DatasetSpec = Static<typeof DatasetSpec>;

/** DatasetSpec with every default filled in. */
export interface ResolvedDatasetSpec {
  id: string;
  target: string;
  ignore: string[];
  missing: { type: 'impute' };
  split: { type: 'random'; validation: number; test: number; stratify: boolean };
}

export const JobSpec = Type.Object(
  {
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'Default: the dataset’s name' })),
    task: Type.Optional(
      StringEnum(tasks, {
        default: 'auto',
        description: 'auto classifies categories, booleans and integers with at most 20 values; the rest is regression',
      }),
    ),
    dataset: DatasetSpec,
    ...EngineSpec.properties,
    model: TableModelSpec, // datasets are tables: nothing can feed tokens to the others yet
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
  task: 'classification' | 'regression';
  dataset: ResolvedDatasetSpec;
  limits: { maxSeconds: number | null };
  priority: number;
  metadata: Record<string, string>;
}
