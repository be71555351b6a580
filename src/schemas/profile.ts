/** What a dataset is like, for whoever is about to train on it: GET /v1/datasets/{id}/profile. */
import { type Static, Type } from '#typebox';
import { Id, Nullable, StringEnum } from './common.js';
import { columnTypes } from './dataset.js';

const closed = { additionalProperties: false };
const Count = Type.Integer({ minimum: 0 });

export const RowsConcerned = Type.Object(
  { count: Count, first: Type.Array(Count, { description: 'Numbers of the first of them; the first row is 0' }) },
  { $id: 'RowsConcerned', ...closed },
);
export type RowsConcerned = Static<typeof RowsConcerned>;

const ValueCount = Type.Object({ value: Type.String(), count: Count }, closed);
const Quantiles = Type.Object(
  {
    p01: Type.Number(),
    p05: Type.Number(),
    p25: Type.Number(),
    p50: Type.Number(),
    p75: Type.Number(),
    p95: Type.Number(),
    p99: Type.Number(),
  },
  { ...closed, description: 'Linear between neighbours, as NumPy’s default' },
);

export const NumberProfile = Type.Object(
  {
    min: Type.Number(),
    max: Type.Number(),
    mean: Type.Number(),
    deviation: Type.Number({ description: 'Of the population' }),
    skewness: Type.Number(),
    zeros: Count,
    quantiles: Quantiles,
    histogram: Type.Object(
      { min: Type.Number(), max: Type.Number(), counts: Type.Array(Count) },
      { ...closed, description: 'Bars of one width from min to max' },
    ),
    outliers: Type.Object(
      {
        low: Type.Number(),
        high: Type.Number(),
        count: Count,
        farOut: Type.Integer({ description: 'Of them, those beyond 3 interquartile ranges' }),
      },
      { ...closed, description: 'Values beyond Tukey’s fences: 1.5 interquartile ranges from the quartiles' },
    ),
  },
  { $id: 'NumberProfile', ...closed, description: 'Of the values that are there; dates as epoch milliseconds' },
);
export type NumberProfile = Static<typeof NumberProfile>;

const CategoryProfile = Type.Object(
  {
    top: Type.Array(ValueCount, { description: 'The most frequent values' }),
    entropy: Type.Number({ description: 'Of the values, in nats' }),
  },
  closed,
);
export type CategoryProfile = Static<typeof CategoryProfile>;

export const LengthsProfile = Type.Object(
  {
    characters: NumberProfile,
    words: NumberProfile,
    vocabulary: Type.Integer({ description: 'Words that differ, in lower case, as far as 100,000' }),
    topWords: Type.Array(ValueCount),
  },
  { $id: 'LengthsProfile', ...closed, description: 'Lengths of the texts, and their words' },
);
export type LengthsProfile = Static<typeof LengthsProfile>;

export const Association = Type.Object(
  {
    correlation: Nullable(Type.Number({ description: 'Pearson’s; null where one has no order' })),
    mutualInformation: Type.Number({
      description: 'In nats; numbers in 20 bins of equal frequency, missing values in a bin of their own',
    }),
    score: Type.Number({
      description:
        'What this column tells by itself of rows that it was not fitted to, from 0 to 1: of classes the gain over the most frequent one, of numbers R²',
    }),
  },
  { $id: 'Association', ...closed },
);
export type Association = Static<typeof Association>;

export const ColumnProfile = Type.Object(
  {
    name: Type.String(),
    type: StringEnum(columnTypes),
    missing: Count,
    distinct: Count,
    numbers: Type.Optional(NumberProfile),
    categories: Type.Optional(CategoryProfile),
    texts: Type.Optional(LengthsProfile),
    target: Type.Optional(Association),
  },
  { $id: 'ColumnProfile', ...closed },
);
export type ColumnProfile = Static<typeof ColumnProfile>;

export const problemCodes = [
  'few_rows',
  'constant_column',
  'near_constant_column',
  'identifier',
  'missing_values',
  'missing_target',
  'outliers',
  'many_categories',
  'category_variants',
  'duplicate_rows',
  'conflicting_labels',
  'split_overlap',
  'class_imbalance',
  'rare_class',
  'leakage',
  'blank_images',
  'short_text',
  'repeated_lines',
] as const;
export type ProblemOfData = (typeof problemCodes)[number];

export const DataProblem = Type.Object(
  {
    code: StringEnum(problemCodes),
    severity: StringEnum(['info', 'warning', 'error'], { description: 'error: a job would be refused' }),
    column: Nullable(Type.String()),
    message: Type.String(),
    rows: Nullable(RowsConcerned),
    remedy: Type.String(),
    patch: Nullable(
      Type.Record(Type.String(), Type.Unknown(), {
        description: 'JSON merge patch for `dataset` of the job that `dataset` in the query began',
      }),
    ),
  },
  { $id: 'DataProblem', ...closed },
);
export type DataProblem = Static<typeof DataProblem>;

const Overlap = Type.Object(
  {
    train: Count,
    validation: Count,
    test: Count,
    validationInTrain: RowsConcerned,
    testInTrain: RowsConcerned,
  },
  { ...closed, description: 'Rows of each part, and those whose features train has too' },
);
export type Overlap = Static<typeof Overlap>;

const Duplicates = Type.Object(
  {
    rows: RowsConcerned,
    conflicting: Nullable(RowsConcerned),
  },
  {
    ...closed,
    description:
      'Rows that equal an earlier one, identifiers left out; and those whose features equal an earlier one’s while the target differs',
  },
);
export type Duplicates = Static<typeof Duplicates>;

const TargetProfile = Type.Object(
  {
    column: Type.String(),
    task: StringEnum(['classification', 'regression']),
    missing: RowsConcerned,
    classes: Nullable(Type.Array(ValueCount)),
  },
  closed,
);
export type TargetProfile = Static<typeof TargetProfile>;

const common = {
  datasetId: Id('dataset'),
  problems: Type.Array(DataProblem, { description: 'The gravest first' }),
};

const TableProfile = Type.Object(
  {
    ...common,
    kind: Type.Literal('table'),
    rows: Count,
    target: Nullable(TargetProfile),
    columns: Type.Array(ColumnProfile),
    duplicates: Duplicates,
    overlap: Nullable(Overlap),
  },
  closed,
);
export type TableProfile = Static<typeof TableProfile>;

const ImagesProfile = Type.Object(
  {
    ...common,
    kind: Type.Literal('images'),
    rows: Count,
    shape: Type.Array(Count, { description: '[channels, height, width]' }),
    classes: Type.Array(ValueCount),
    mean: Type.Array(Type.Number(), { description: 'Of each channel’s pixels, 0 to 255' }),
    deviation: Type.Array(Type.Number()),
    blank: RowsConcerned,
    duplicates: Duplicates,
    overlap: Nullable(Overlap),
  },
  closed,
);
export type ImagesProfile = Static<typeof ImagesProfile>;

const TextProfile = Type.Object(
  {
    ...common,
    kind: Type.Literal('text'),
    characters: Count,
    distinctCharacters: Count,
    topCharacters: Type.Array(ValueCount),
    entropy: Type.Number({
      description: 'Of single characters, in nats: the loss of a model that knows their frequency alone',
    }),
    lines: LengthsProfile,
    repeatedLines: RowsConcerned,
  },
  closed,
);
export type TextProfile = Static<typeof TextProfile>;

export const Profile = Type.Unsafe<TableProfile | ImagesProfile | TextProfile>({
  $id: 'Profile',
  type: 'object',
  discriminator: { propertyName: 'kind' },
  required: ['kind'],
  oneOf: [TableProfile, ImagesProfile, TextProfile],
});
export type Profile = Static<typeof Profile>;
