/** The registry of models: what is registered, how models are named, and a model's card. */
import { type Static, Type } from '#typebox';
import type { PreparationSummary } from '../data/preparation.js';
import { type Float, Id, idPrefixes, Nullable, PageQuery, StringEnum } from './common.js';
import { datasetFormats } from './dataset.js';
import { JobResult } from './job.js';
import type { JobSpec } from './job-spec.js';
import { Checkpoint, Model, modelWeights } from './run.js';

const ulid = '[0-9a-hjkmnp-tv-z]{26}';
const name = '[A-Za-z0-9][A-Za-z0-9._-]{0,99}';
const alias = '[a-z][a-z0-9-]{0,31}';

/** Wherever a model is asked for something. */
export const ModelRef = Type.String({
  pattern: `^(${idPrefixes.model}_${ulid}|${name}@([1-9][0-9]{0,8}|${alias}))$`,
  description: 'Id of a model, or `name@latest`, `name@3` (a version), `name@prod` (an alias)',
});

export const AliasParams = Type.Object({
  id: ModelRef,
  alias: Type.String({ pattern: `^${alias}$`, description: 'Small letters, digits and hyphens; not `latest`' }),
});

export const RegisterRequest = Type.Object(
  {
    name: Type.String({ pattern: `^${name}$`, description: 'Versions count up below it' }),
    from: Type.String({
      pattern: `^(${idPrefixes.job}|${idPrefixes.checkpoint})_${ulid}$`,
      description: 'Id of a job, for its result or, where it has none yet, its furthest checkpoint; or of a checkpoint',
    }),
    weights: Type.Optional(
      StringEnum(modelWeights, { default: 'best', description: 'The best up to the checkpoint, or those at its step' }),
    ),
  },
  { $id: 'RegisterRequest', additionalProperties: false },
);
export type RegisterRequest = Static<typeof RegisterRequest>;

export const ModelQuery = Type.Object(
  { ...PageQuery.properties, name: Type.Optional(Type.String({ maxLength: 200, description: 'Exact name' })) },
  { additionalProperties: false },
);

const { step, epoch, chainSha256, metrics } = Checkpoint.properties;
const { metrics: finalMetrics } = JobResult.properties;

/** Where a model comes from, as far as rows tell it. */
const Card = Type.Object(
  {
    dataset: Type.Object(
      {
        id: Id('dataset'),
        name: Type.String(),
        format: StringEnum(datasetFormats),
        bytes: Type.Integer(),
        sha256: Type.String({ description: 'Of the uploaded file, like `bytes`' }),
      },
      { additionalProperties: false },
    ),
    split: Type.Object(
      {
        spec: Type.Record(Type.String(), Type.Unknown(), { description: '`dataset.split` of the job' }),
        rows: Nullable(
          Type.Object(
            { train: Type.Integer(), validation: Type.Integer(), test: Type.Integer() },
            { additionalProperties: false, description: 'null of a job that has no result yet' },
          ),
        ),
      },
      { additionalProperties: false },
    ),
    metrics: Type.Object(
      {
        checkpoint: Type.Unsafe<Record<string, Float>>({ ...metrics, description: 'Latest at the checkpoint’s step' }),
        final: Nullable(finalMetrics),
      },
      { additionalProperties: false, description: '`final`: of these very weights, where they are a job’s result' },
    ),
    spec: Type.Unsafe<JobSpec>(Type.Ref('JobSpec')),
    lineage: Type.Object(
      {
        jobs: Type.Array(Id('job'), { description: 'From the one that is nobody’s fork down to the model’s own' }),
        step,
        epoch,
        sha256: Type.String({ description: 'Of the checkpoint’s file' }),
        chainSha256,
      },
      { additionalProperties: false },
    ),
    preparation: Nullable(
      Type.Unsafe<PreparationSummary>({
        type: 'object',
        additionalProperties: true,
        description:
          'As fitted to the training split: bounds, fills, scales, categories; null of models made before it was kept',
      }),
    ),
  },
  { additionalProperties: false },
);

export const ModelDetails = Type.Object(
  { ...Model.properties, card: Card },
  { $id: 'ModelDetails', additionalProperties: false },
);
export type ModelDetails = Static<typeof ModelDetails>;
