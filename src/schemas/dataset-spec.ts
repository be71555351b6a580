/**
 * What a job says of its dataset. Which fields there are depends on what the dataset holds and on what the model reads of
 * it; what is posted may have any of them, and data/resolve-dataset.ts refuses those that do not fit. Defaults stand in
 * the schema of each use.
 */
import { type Static, Type } from '#typebox';
import type { Resolved } from '../engine/index.js';
import { tagged } from '../engine/tagged.js';
import { Id } from './common.js';

const share = (fallback: number) => Type.Optional(Type.Number({ minimum: 0, maximum: 0.9, default: fallback }));

const RandomSplit = Type.Object(
  {
    type: Type.Literal('random'),
    validation: share(0.2),
    test: share(0.2),
    stratify: Type.Optional(
      Type.Boolean({ default: true, description: 'Keep class proportions; regression ignores it' }),
    ),
  },
  { additionalProperties: false },
);
const ContiguousSplit = Type.Object(
  { type: Type.Literal('contiguous'), validation: share(0.1), test: share(0) },
  { additionalProperties: false, description: 'A text’s first part trains, then come validation and test' },
);

const GivenSplit = Type.Object(
  {
    type: Type.Literal('given'),
    validation: share(0.1),
    stratify: Type.Optional(Type.Boolean({ default: true, description: 'Keep class proportions' })),
  },
  {
    additionalProperties: false,
    description: 'Rows that were given to test with do so; validation is a share of the others, at random',
  },
);

const ImputeMissing = Type.Object(
  { type: Type.Literal('impute') },
  { additionalProperties: false, description: 'Mean for numbers and dates, most frequent value for the others' },
);

const CharacterTokenizer = Type.Object(
  { type: Type.Literal('character') },
  { additionalProperties: false, description: 'A token for each character that the training split holds' },
);
const ByteTokenizer = Type.Object(
  { type: Type.Literal('byte') },
  { additionalProperties: false, description: 'A token for each of the 256 bytes of UTF-8' },
);
const TokenizerSpec = tagged([CharacterTokenizer, ByteTokenizer], {
  default: { type: 'character' },
  description: 'How text becomes tokens',
});
export type TokenizerSpec = Static<typeof TokenizerSpec>;

const columnName = (description: string) => Type.String({ minLength: 1, maxLength: 200, description });
const id = Id('dataset');
const target = columnName('Tables: the column to predict');
const ignore = Type.Optional(
  Type.Array(Type.String({ maxLength: 200 }), {
    default: [],
    maxItems: 2000,
    description: 'Tables: columns left out. Text columns are added when the job is accepted',
  }),
);
const missing = Type.Optional(tagged([ImputeMissing], { default: { type: 'impute' } }));
const tokenizer = Type.Optional(TokenizerSpec);
const randomly = Type.Optional(tagged([RandomSplit], { default: { type: 'random' } }));

/** A table whose columns are read as numbers. */
export const ColumnsData = Type.Object({ id, target, ignore, missing, split: randomly });
/** A table of which one column of texts is read. */
export const TextsData = Type.Object({
  id,
  target,
  text: Type.Optional(columnName('Tables, for bert: the text column to read; default the only one there is')),
  tokenizer,
  split: randomly,
});
/** One text. */
export const TextData = Type.Object({
  id,
  tokenizer,
  split: Type.Optional(tagged([ContiguousSplit], { default: { type: 'contiguous' } })),
});

/** Images and their labels. What they are split by depends on whether some were given to test with. */
export const ImagesData = Type.Object({ id, split: tagged([GivenSplit, RandomSplit]) });

export const DatasetSpec = Type.Object(
  {
    id,
    target: Type.Optional(target),
    text: TextsData.properties.text,
    ignore,
    missing,
    tokenizer,
    split: Type.Optional(
      tagged([RandomSplit, ContiguousSplit, GivenSplit], {
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
export type ResolvedColumnsSpec = Resolved<Static<typeof ColumnsData>>;
export type ResolvedTextsSpec = Resolved<Static<typeof TextsData>>;
export type ResolvedTextSpec = Resolved<Static<typeof TextData>>;
export type ResolvedImagesSpec = Resolved<Static<typeof ImagesData>>;
export type ResolvedDatasetSpec = ResolvedColumnsSpec | ResolvedTextsSpec | ResolvedTextSpec | ResolvedImagesSpec;
export type RandomSplit = ResolvedColumnsSpec['split'];
