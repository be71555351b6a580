/** A dataset: an uploaded table, immutable, with what was learnt of its columns. */
import { type Static, Type } from '#typebox';
import { Id, Page, StringEnum, Time } from './common.js';

export const columnTypes = ['number', 'category', 'boolean', 'date', 'text'] as const;
export const datasetFormats = ['csv', 'tsv', 'jsonl'] as const;

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
    values: Type.Optional(Type.Array(Type.String(), { description: 'category and boolean: the values, sorted' })),
  },
  { $id: 'ColumnInfo', additionalProperties: false },
);
export type ColumnInfo = Static<typeof ColumnInfo>;

export const Dataset = Type.Object(
  {
    id: Id('dataset'),
    name: Type.String(),
    format: StringEnum(datasetFormats),
    bytes: Type.Integer({ description: 'Size of the uploaded file' }),
    sha256: Type.String({ description: 'Of the uploaded file, hex' }),
    rowCount: Type.Integer(),
    columns: Type.Array(ColumnInfo),
    createdAt: Time,
  },
  { $id: 'Dataset', additionalProperties: false },
);
export type Dataset = Static<typeof Dataset>;
export type DatasetFormat = (typeof datasetFormats)[number];

export const DatasetPage = Page(Dataset, 'DatasetPage');

/** What a client may say of an upload beside the file itself; unused keys are refused by name. */
export const UploadFields = Type.Object(
  {
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    format: Type.Optional(StringEnum(datasetFormats)),
  },
  { additionalProperties: false },
);
