/**
 * Applies a preparation: rows to the model's input. Training reads columns and predict reads raw JSON rows, but both reduce
 * a value to a field, a number (features/family.ts), and share one encoder, so that the same row gives the same bits.
 */
import type { Columns } from './columns.js';
import { DataError } from './errors.js';
import type { Writer } from './features/family.js';
import { type Feature, familyOf, widthOf } from './features/index.js';
import type { ColumnsPreparation, PreparedClasses } from './prepare.js';
import { invalidField, type RawRow, refuseUnknownFields } from './raw-rows.js';
import { type Classes, readTarget } from './target.js';
import { isMissing, trimmed } from './values.js';

/** The field of the row at an index of those that are encoded; NaN is missing. */
type Field = (index: number) => number;

export interface EncodedRows {
  /** [rows, inputs] */
  x: Float32Array;
  /** [rows]: class indices, or scaled values of a regression's target */
  y: Int32Array | Float32Array;
}

/** Encodes rows of the dataset; each must have a target. */
export function encodeRows(preparation: ColumnsPreparation, columns: Columns, rows: Int32Array): EncodedRows {
  return { x: encodeFeatures(preparation, columns, rows), y: encodeTarget(preparation, columns, rows) };
}

/** [rows, inputs]: of rows of any table that has such columns. Throws `unknown_column` or `incompatible_column`. */
export function encodeFeatures(preparation: ColumnsPreparation, columns: Columns, rows: Int32Array): Float32Array {
  const fields = preparation.features.map((feature) => columnField(feature, columns, rows));
  return encode(preparation, rows.length, fields);
}

/** Whether a row has what must not be missing. */
export function isComplete({ features }: ColumnsPreparation, columns: Columns): (row: number) => boolean {
  const all = Int32Array.from({ length: columns.rowCount }, (_, row) => row);
  const fields = features.filter(({ fill }) => fill === null).map((feature) => columnField(feature, columns, all));
  return (row) => fields.every((field) => !Number.isNaN(field(row)));
}

/**
 * Encodes rows as they stood in the dataset: numbers as numbers, booleans as booleans, categories and ISO dates as
 * strings. null, a marker of missing values and an absent field are missing. Throws `invalid_row` with the row's index
 * and field in `path`.
 */
export function encodeRawRows(preparation: ColumnsPreparation, rows: readonly RawRow[]): Float32Array {
  const known = new Set([...preparation.features.map(({ name }) => name), ...preparation.unused]);
  rows.forEach((row, index) => {
    refuseUnknownFields(row, index, known);
  });
  return encode(
    preparation,
    rows.length,
    preparation.features.map((feature) => rawField(feature, rows)),
  );
}

/** [rows, inputs] */
function encode({ features, inputs }: ColumnsPreparation, rows: number, fields: readonly Field[]): Float32Array {
  const x = new Float32Array(rows * inputs);
  let offset = 0;
  features.forEach((feature, index) => {
    const field = fields[index]!;
    const write = writer(feature);
    for (let row = 0; row < rows; row++) write(field(row), x, row * inputs + offset);
    offset += widthOf(feature);
  });
  return x;
}

/** Writes the feature's inputs to `x` from `at` on, where all is zero. */
function writer(feature: Feature): Writer {
  const { fill, indicator } = feature;
  const write = familyOf(feature.type).writer(feature);
  const last = widthOf(feature) - 1;
  return (field, x, at) => {
    const missing = Number.isNaN(field);
    write(missing ? fill! : field, x, at); // without a fill, no row misses a value
    if (indicator && missing) x[at + last] = 1;
  };
}

function columnField(feature: Feature, columns: Columns, rows: Int32Array): Field {
  const { name: column, type: expected } = feature;
  const found = columns.column(column);
  if (found.type !== expected) {
    const got = found.type;
    throw new DataError('incompatible_column', `column "${column}": expected ${expected}, got ${got}`, {
      ...{ column, expected, got },
    });
  }
  const fieldOf = familyOf(expected).fields(feature, found);
  return (index) => fieldOf(rows[index]!);
}

function rawField(feature: Feature, rows: readonly RawRow[]): Field {
  const { name, fill } = feature;
  const family = familyOf(feature.type);
  const read = family.rawField(feature);
  const expected = fill === null ? family.expected : `${family.expected}, or null`;
  return (index) => {
    const row = rows[index]!;
    const value = Object.hasOwn(row, name) ? row[name] : null;
    const missing = value === null || value === undefined || (typeof value === 'string' && isMissing(trimmed(value)));
    const field = missing ? (fill === null ? null : Number.NaN) : read(value);
    if (field === null) throw invalidField(index, name, { expected, got: value });
    return field;
  };
}

function encodeTarget({ target }: ColumnsPreparation, columns: Columns, rows: Int32Array): Int32Array | Float32Array {
  const { classes, values } = readTarget(columns, target.name, target.type);
  if (target.type === 'classification') return encodeClasses(target, { classes: classes!, values }, rows);
  return Float32Array.from(rows, (row) => (values[row]! - target.mean) / target.deviation);
}

/** [rows]: places in the prepared classes */
export function encodeClasses(target: PreparedClasses, { classes, values }: Classes, rows: Int32Array): Int32Array {
  const known = classes.map((name) => target.classes.indexOf(name));
  return rows.map((row) => {
    const index = known[values[row]!]!;
    if (index < 0) throw untrainedClass(target, classes[values[row]!]!, row);
    return index;
  });
}

/** What a split by groups, times or a column may come to. */
function untrainedClass({ name, classes }: PreparedClasses, got: string, row: number): DataError {
  const message = `row ${row} is of the class "${got}", of which the training split has no row`;
  return new DataError('untrained_class', message, {
    ...{ path: '/dataset/split', column: name, got },
    expected: classes.length > 20 ? `one of ${classes.length} classes` : classes.join(', '),
  });
}
