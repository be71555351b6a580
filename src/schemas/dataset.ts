/** A dataset: what was uploaded, immutable, with what was learnt of it. `kind` says what it holds. */
import { type Static, type TObject, type TUnsafe, Type } from '#typebox';
import { Id, Page, StringEnum, Time } from './common.js';

export const columnTypes = ['number', 'category', 'boolean', 'date', 'text'] as const;
export const delimitedFormats = ['csv', 'tsv', 'jsonl'] as const;
const tableFormats = [...delimitedFormats, 'parquet', 'npy', 'npz'] as const;
const textFormats = ['text'] as const;
const archiveFormats = ['zip', 'tar'] as const;
const weightFormats = ['safetensors'] as const;
const imageFormats = ['idx', 'npz', ...archiveFormats] as const;
export const datasetFormats = [...tableFormats, ...textFormats, 'idx', ...archiveFormats, ...weightFormats] as const;
export type DatasetFormat = (typeof datasetFormats)[number];
/** Images in one folder a class. */
export type ArchiveFormat = (typeof archiveFormats)[number];
/** Tables written as text. */
export type DelimitedFormat = (typeof delimitedFormats)[number];

export const ColumnInfo = Type.Object(
  {
    name: Type.String(),
    type: StringEnum(columnTypes),
    missing: Type.Integer({ description: 'Rows without a value ("", NA, N/A, NaN, null, ?)' }),
    distinct: Type.Integer({ description: 'Distinct values, missing not counted' }),
    integer: Type.Optional(Type.Boolean({ description: 'number only: every value is whole' })),
    min: Type.Optional(Type.Number({ description: 'number; date as epoch milliseconds' })),
    max: Type.Optional(Type.Number()),
    mean: Type.Optional(Type.Number()),
    distinctCharacters: Type.Optional(Type.Integer({ description: 'text: code points that differ' })),
    values: Type.Optional(Type.Array(Type.String(), { description: 'category and boolean: the values, sorted' })),
    counts: Type.Optional(
      Type.Array(Type.Integer(), {
        description: 'Rows of each of the `values`; of whole numbers, if few differ, ascending',
      }),
    ),
  },
  { $id: 'ColumnInfo', additionalProperties: false },
);
export type ColumnInfo = Static<typeof ColumnInfo>;

const TableContents = Type.Object({
  kind: Type.Literal('table'),
  rowCount: Type.Integer(),
  columns: Type.Array(ColumnInfo),
});
export type TableContents = Static<typeof TableContents>;

const TextContents = Type.Object({
  kind: Type.Literal('text'),
  characters: Type.Integer({ description: 'Code points' }),
  distinctCharacters: Type.Integer(),
  lines: Type.Integer(),
  textBytes: Type.Integer({ description: 'In UTF-8, without a byte order mark' }),
});
export type TextContents = Static<typeof TextContents>;

const ImagesContents = Type.Object({
  kind: Type.Literal('images'),
  shape: Type.Array(Type.Integer(), { description: '[channels, height, width]' }),
  classes: Type.Array(Type.String(), {
    description: 'The labels that there are: numbers in their order, or names of folders, sorted',
  }),
  rowCount: Type.Integer(),
  testRowCount: Type.Integer({ description: 'Of these, those that were given to test with' }),
  counts: Type.Optional(Type.Array(Type.Integer(), { description: 'Rows of each class; absent of older datasets' })),
  testCounts: Type.Optional(
    Type.Array(Type.Integer(), { description: 'Of these, those that were given to test with' }),
  ),
});
export type ImagesContents = Static<typeof ImagesContents>;

const WeightsContents = Type.Object({
  kind: Type.Literal('weights'),
  tensors: Type.Array(
    Type.Object(
      {
        name: Type.String(),
        dtype: StringEnum(['F64', 'F32', 'F16', 'BF16'], { description: 'Of the upload; stored are F32' }),
        shape: Type.Array(Type.Integer()),
      },
      { additionalProperties: false },
    ),
    { description: 'Those of floating-point numbers; others, such as counters, are left out' },
  ),
});
export type WeightsContents = Static<typeof WeightsContents>;

/** What a dataset holds, as its row keeps it. */
export type DatasetContents = TableContents | TextContents | ImagesContents | WeightsContents;

/** The whole of a dataset whose contents are these. */
const datasetOf = <Format extends DatasetFormat, Contents extends TObject>(
  formats: readonly Format[],
  { properties }: Contents,
) =>
  Type.Object(
    {
      id: Id('dataset'),
      name: Type.String(),
      format: StringEnum(formats),
      bytes: Type.Integer({ description: 'Size of the upload' }),
      sha256: Type.String({
        description:
          'Of the uploaded file, hex; of several, or with an imageSize, of the lines `<field> <sha256>` and `imageSize <value>`, sorted',
      }),
      ...(properties as Contents['properties']),
      createdAt: Time,
    },
    { additionalProperties: false },
  );

/** A union told apart by `kind`, as engine/tagged.ts makes those by `type`. */
const byKind = <Variants extends TObject[]>($id: string, variants: [...Variants]): TUnsafe<Static<Variants[number]>> =>
  Type.Unsafe<Static<Variants[number]>>({
    $id,
    type: 'object',
    discriminator: { propertyName: 'kind' },
    required: ['kind'],
    oneOf: variants,
  });

export const Dataset = byKind('Dataset', [
  datasetOf(tableFormats, TableContents),
  datasetOf(textFormats, TextContents),
  datasetOf(imageFormats, ImagesContents),
  datasetOf(weightFormats, WeightsContents),
]);
export type Dataset = Static<typeof Dataset>;
export type TableDataset = Extract<Dataset, { kind: 'table' }>;

export const DatasetPage = Page(Dataset, 'DatasetPage');

/** The files of images in IDX: the last two go together, and may be left out. */
export const imageParts = ['images', 'labels', 'testImages', 'testLabels'] as const;
export type ImagePart = (typeof imageParts)[number];

/** What a client may say of an upload beside the file itself; unused keys are refused by name. */
export const UploadFields = Type.Object(
  {
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    format: Type.Optional(StringEnum(datasetFormats)),
    imageSize: Type.Optional(
      Type.String({
        pattern: '^[1-9][0-9]{0,3}x[1-9][0-9]{0,3}$',
        description: 'zip and tar only: height and width, such as 64x48, to which every image is stretched',
      }),
    ),
  },
  { additionalProperties: false },
);
