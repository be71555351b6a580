/** Pieces that several resources share: ids, times, pages, problem details. */
import { type Static, type TSchema, Type } from '#typebox';
import { errorCategories } from '../errors.js';

export const idPrefixes = {
  dataset: 'ds',
  job: 'job',
  checkpoint: 'ckpt',
  model: 'mdl',
  sweep: 'swp',
  key: 'key',
  race: 'race',
  webhook: 'whk',
  delivery: 'dlv',
} as const;
export type Resource = keyof typeof idPrefixes;

/** `job_` and 26 characters of Crockford's base 32: 48 bits of time, 80 of chance; sorts by time of making. */
export const Id = (resource: Resource) =>
  Type.String({ pattern: `^${idPrefixes[resource]}_[0-9a-hjkmnp-tv-z]{26}$`, description: `Id of a ${resource}` });

/** Of what has weights. */
export const weightsId = `^(${idPrefixes.checkpoint}|${idPrefixes.model}|${idPrefixes.dataset})_[0-9a-hjkmnp-tv-z]{26}$`;

export const Time = Type.String({ format: 'date-time', description: 'RFC 3339, UTC' });
export const Nullable = <T extends TSchema>(schema: T, options: { default?: null; description?: string } = {}) =>
  Type.Union([schema, Type.Null()], options);
export const StringEnum = <const T extends string>(values: readonly T[], options: object = {}) =>
  Type.Unsafe<T>({ type: 'string', enum: values, ...options });

/** Free key–value pairs that the caller attaches to a job. */
export const Metadata = Type.Record(Type.String({ maxLength: 64 }), Type.String({ maxLength: 1024 }), {
  maxProperties: 32,
  description: 'Free string pairs kept with the job',
});

export const PageQuery = Type.Object(
  {
    cursor: Type.Optional(Type.String({ maxLength: 256, description: '`nextCursor` of the page before' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
  },
  { additionalProperties: false },
);
export const Page = <T extends TSchema>(item: T, $id: string) =>
  Type.Object({ items: Type.Array(item), nextCursor: Nullable(Type.String()) }, { $id, additionalProperties: false });

export const FieldErrorSchema = Type.Object(
  {
    path: Type.String({ description: 'JSON pointer into the request, e.g. `/model/hidden/0`' }),
    code: Type.Optional(Type.String()),
    message: Type.String(),
    expected: Type.Optional(Type.Unknown()),
    got: Type.Optional(Type.Unknown()),
    row: Type.Optional(Type.Integer({ description: '1-based line of the file' })),
    column: Type.Optional(Type.String()),
    entry: Type.Optional(Type.String({ description: 'Name of a file in an archive' })),
  },
  { $id: 'FieldError', additionalProperties: false },
);

export const ProblemSchema = Type.Object(
  {
    type: Type.String({ description: 'URI reference of the kind of problem' }),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String(),
    code: Type.String({ description: 'Stable: match on this' }),
    requestId: Type.String(),
    errors: Type.Optional(Type.Array(FieldErrorSchema)),
    retryable: Type.Optional(Type.Boolean()),
    hint: Type.Optional(Type.String()),
    state: Type.Optional(Type.String()),
    allowed: Type.Optional(Type.Array(Type.String())),
  },
  { $id: 'Problem', additionalProperties: false },
);

/** A float as JSON can hold it: the three values JSON lacks are written as strings. */
export const Float = Type.Unsafe<number | 'NaN' | 'Infinity' | '-Infinity'>({
  anyOf: [{ type: 'number' }, { type: 'string', enum: ['NaN', 'Infinity', '-Infinity'] }],
});
export type Float = Static<typeof Float>;

export const PostMortem = Type.Object(
  {
    step: Type.Integer({ description: 'Whose batch, or whose update, it came from' }),
    layer: Nullable(Type.String()),
    tensor: Nullable(
      Type.String({ description: 'A parameter, `<parameter> gradient`, or what the layer put out or keeps' }),
    ),
    value: Nullable(Float),
    rows: Type.Array(Type.Integer(), { description: 'Of the step’s batches, in their order; the first 256' }),
    rowsOf: StringEnum(['dataset', 'trainingSplit'], {
      description: 'What `rows` number, from 0. Of a text: the tokens at which windows of the training split begin',
    }),
    rowCount: Type.Integer({ description: 'How many rows the step had; 0 where weights were not finite at the start' }),
    gradientNorms: Type.Array(
      Type.Object({ step: Type.Integer(), value: Type.Number() }, { additionalProperties: false }),
      { description: 'Of the last steps before, the latest last' },
    ),
    rollbacks: Type.Integer({ description: 'That the guard had made before' }),
    checkpoint: Nullable(Type.Object({ id: Id('checkpoint'), step: Type.Integer() }, { additionalProperties: false })),
  },
  { $id: 'PostMortem', additionalProperties: false, description: 'What led to a value that is not finite' },
);

export type PostMortem = Static<typeof PostMortem>;

export const RunErrorSchema = Type.Object(
  {
    code: Type.String(),
    category: StringEnum(errorCategories),
    title: Type.String(),
    detail: Type.String(),
    step: Type.Optional(Type.Integer()),
    layer: Type.Optional(Type.String()),
    path: Type.Optional(Type.String()),
    expected: Type.Optional(Type.Unknown()),
    got: Type.Optional(Type.Unknown()),
    postMortem: Type.Optional(PostMortem),
  },
  { $id: 'RunError', additionalProperties: false },
);
