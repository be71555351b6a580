/**
 * What a job says of its dataset. Which fields there are depends on what the dataset holds and on what the model reads of
 * it; what is posted may have any of them, and data/resolve-dataset.ts refuses those that do not fit. Defaults stand in
 * the schema of each use.
 */
import { type Static, Type } from '#typebox';
import type { Resolved } from '../engine/index.js';
import { tagged } from '../engine/tagged.js';
import { Id, Nullable } from './common.js';
import { type ColumnOverrides, choice, columnSettings, preparationFields } from './preparation-spec.js';

const columnName = (description: string) => Type.String({ minLength: 1, maxLength: 200, description });
const share = (fallback: number) => Type.Optional(Type.Number({ minimum: 0, maximum: 0.9, default: fallback }));

const folds = Type.Optional(
  Nullable(
    Type.Integer({
      minimum: 2,
      maximum: 20,
      description:
        'Cross-validation: what is not set aside to test is dealt out in so many folds, and `validation` is left out. Each fold ' +
        'validates a run of its own on all others; a last run makes the model of all of them and measures it on the test. ' +
        'Nothing validates that one, so that no early stopping and no plateau can watch it: it ends after as many steps as ' +
        'the best of the folds came at on average',
    }),
    { default: null },
  ),
);

const RandomSplit = Type.Object(
  {
    type: Type.Literal('random'),
    folds,
    validation: share(0.2),
    test: share(0.2),
    stratify: Type.Optional(
      Type.Boolean({ default: true, description: 'Keep class proportions; regression ignores it' }),
    ),
  },
  { additionalProperties: false },
);
const GroupedSplit = Type.Object(
  {
    type: Type.Literal('grouped'),
    column: columnName('Whose rows these are: a customer, a patient. It is no feature'),
    folds,
    validation: share(0.2),
    test: share(0.2),
  },
  {
    additionalProperties: false,
    description: 'Rows that share a value of the column are in one part; the shares are of the values',
  },
);
const TimeSplit = Type.Object(
  { type: Type.Literal('time'), column: columnName('Of dates or numbers'), validation: share(0.2), test: share(0.2) },
  { additionalProperties: false, description: 'The last rows by the column test, those before them validate' },
);
export const splitParts = ['train', 'validation', 'test'] as const;
const ColumnSplit = Type.Object(
  { type: Type.Literal('column'), column: columnName(`Of ${splitParts.join(', ')}. It is no feature`) },
  { additionalProperties: false, description: 'Each row is where the column says' },
);
const duplicates = Type.Optional(
  tagged(
    [
      choice('keep', 'As they are', {}),
      choice('drop', 'Rows whose features and target equal those of an earlier one are in no part', {}),
    ],
    { default: { type: 'keep' }, description: 'Rows that are there more than once, perhaps in two parts of the split' },
  ),
);
const balance = Type.Optional(
  tagged(
    [
      choice('none', 'As it is', {}),
      choice('oversample', 'Rows of the rarer classes come several times', {}),
      choice('undersample', 'Each class has as many rows as the rarest', {}),
    ],
    {
      default: { type: 'none' },
      description: 'Rows of each class in the training split. `loss.classWeights` leaves the rows as they are',
    },
  ),
);
const ContiguousSplit = Type.Object(
  { type: Type.Literal('contiguous'), validation: share(0.1), test: share(0) },
  { additionalProperties: false, description: 'A text’s first part trains, then come validation and test' },
);

const GivenSplit = Type.Object(
  {
    type: Type.Literal('given'),
    folds,
    validation: share(0.1),
    stratify: Type.Optional(Type.Boolean({ default: true, description: 'Keep class proportions' })),
  },
  {
    additionalProperties: false,
    description: 'Rows that were given to test with do so; validation is a share of the others, at random',
  },
);

const TokenizerSpec = tagged(
  [
    choice('character', 'A token for each character that the training split holds', {}),
    choice('byte', 'A token for each of the 256 bytes of UTF-8', {}),
    choice('bpe', 'Byte pair encoding: bytes, and merges of what often stands side by side in the training split', {
      vocabularySize: Type.Optional(
        Type.Integer({
          minimum: 260,
          maximum: 65_536,
          default: 2048,
          description: 'Tokens at most, special ones among them',
        }),
      ),
    }),
  ],
  { default: { type: 'character' }, description: 'How text becomes tokens' },
);
export type TokenizerSpec = Resolved<Static<typeof TokenizerSpec>>;

const id = Id('dataset');
const target = columnName('Tables: the column to predict');
const ignore = Type.Optional(
  Type.Array(Type.String({ maxLength: 200 }), {
    default: [],
    maxItems: 2000,
    description:
      'Tables: columns left out. Text columns, and one that groups or splits rows, are added when the job is accepted',
  }),
);
const tokenizer = Type.Optional(TokenizerSpec);
const tableSplit = Type.Optional(
  tagged([RandomSplit, GroupedSplit, TimeSplit, ColumnSplit], { default: { type: 'random' } }),
);

/** A table whose columns are read as numbers. */
export const ColumnsData = Type.Object({
  ...{ id, target, ignore },
  ...preparationFields,
  ...{ columns: columnSettings, split: tableSplit, duplicates, balance },
});
/** A table of which one column of texts is read. */
export const TextsData = Type.Object({
  id,
  target,
  text: Type.Optional(columnName('Tables, for bert: the text column to read; default the only one there is')),
  tokenizer,
  split: tableSplit,
  duplicates,
  balance,
});
/** One text. */
export const TextData = Type.Object({
  id,
  tokenizer,
  split: Type.Optional(tagged([ContiguousSplit], { default: { type: 'contiguous' } })),
});

/** Images and their labels. What they are split by depends on whether some were given to test with. */
export const ImagesData = Type.Object({ id, split: tagged([GivenSplit, RandomSplit]), duplicates, balance });

export const DatasetSpec = Type.Object(
  {
    id,
    target: Type.Optional(target),
    text: TextsData.properties.text,
    ignore,
    ...preparationFields,
    columns: columnSettings,
    duplicates,
    balance,
    tokenizer,
    split: Type.Optional(
      tagged([RandomSplit, GroupedSplit, TimeSplit, ColumnSplit, ContiguousSplit, GivenSplit], {
        description:
          'Default: random for tables, contiguous for a text, given for images of which some are to be tested with',
      }),
    ),
  },
  { $id: 'DatasetSpec', additionalProperties: false, description: 'Fields that do not fit the dataset are refused' },
);
export type DatasetSpec = Static<typeof DatasetSpec>;

const { id: _, ...profiled } = DatasetSpec.properties;
/** What a dataset is looked at for: what a job says of it, but for the id. */
export const ProfiledData = Type.Object(profiled, { $id: 'ProfiledData', additionalProperties: false });
export type ProfiledData = Static<typeof ProfiledData>;

/** With every default filled in. */
export type ResolvedColumnsSpec = Omit<Resolved<Static<typeof ColumnsData>>, 'columns'> & { columns: ColumnOverrides };
export type ResolvedTextsSpec = Resolved<Static<typeof TextsData>>;
export type ResolvedTextSpec = Resolved<Static<typeof TextData>>;
export type ResolvedImagesSpec = Resolved<Static<typeof ImagesData>>;
export type ResolvedDatasetSpec = ResolvedColumnsSpec | ResolvedTextsSpec | ResolvedTextSpec | ResolvedImagesSpec;
export type TableSplit = ResolvedColumnsSpec['split'];
export type RandomSplit = Extract<TableSplit, { type: 'random' }>;

/** How often a job cross-validates; null: not at all. */
export const foldsOf = ({ split }: Pick<ResolvedDatasetSpec, 'split'>): number | null =>
  ('folds' in split && split.folds) || null;
