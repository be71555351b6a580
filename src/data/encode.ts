/**
 * Applies a preparation: rows to the model's input. Training reads columns and predict reads raw JSON rows, but both reduce
 * a field to one number (its value, or the place of its category) and share one encoder, so that the same row gives the
 * same bits.
 */
import type { Columns } from './columns.js';
import { DataError } from './errors.js';
import {
  type CategoryFeature,
  type ColumnsPreparation,
  type Feature,
  type PreparedClasses,
  widthOf,
} from './prepare.js';
import { invalidField, type RawRow, refuseUnknownFields } from './raw-rows.js';
import { type Classes, readTarget } from './target.js';
import { isMissing, largestNumber, parseDate, trimmed } from './values.js';

/** A category that the training split did not hold. A missing value is NaN, for every type. */
const unseen = -1;

/** One field of row i as a number: a number, epoch milliseconds, 0 or 1, or a place in the category's values. */
type Field = (index: number) => number;

export interface EncodedRows {
  /** [rows, inputs] */
  x: Float32Array;
  /** [rows]: class indices, or scaled values of a regression's target */
  y: Int32Array | Float32Array;
}

/** Encodes rows of the dataset; each must have a target. */
export function encodeRows(preparation: ColumnsPreparation, columns: Columns, rows: Int32Array): EncodedRows {
  const fields = preparation.features.map((feature) => columnField(feature, columns, rows));
  return { x: encode(preparation, rows.length, fields), y: encodeTarget(preparation, columns, rows) };
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
    for (let row = 0; row < rows; row++) encodeField(feature, field(row), x, row * inputs + offset);
    offset += widthOf(feature);
  });
  return x;
}

/** Writes the feature's inputs to `x` from `at` on, where all is zero. */
function encodeField(feature: Feature, value: number, x: Float32Array, at: number): void {
  const missing = Number.isNaN(value);
  switch (feature.type) {
    case 'number':
    case 'date':
      if (!missing) x[at] = (value - feature.mean) / feature.deviation;
      return;
    case 'boolean':
      x[at] = missing ? Number(feature.fill) : value;
      return;
    case 'category': {
      const place = missing ? feature.fill : value;
      if (place !== unseen && place < feature.values.length) x[at + place] = 1;
      return;
    }
    default:
      throw new Error(`feature ${feature satisfies never}`);
  }
}

// ── from columns ──────────────────────────────────────────────────────────────────────────────────────────────────

function columnField(feature: Feature, columns: Columns, rows: Int32Array): Field {
  const column = columns.column(feature.name);
  if (column.type !== feature.type) {
    throw new DataError(
      'incompatible_column',
      `column "${feature.name}": expected ${feature.type}, got ${column.type}`,
      {
        column: feature.name,
        expected: feature.type,
        got: column.type,
      },
    );
  }
  switch (column.type) {
    case 'number':
    case 'date': {
      const { values } = column;
      return (index) => values[rows[index]!]!;
    }
    case 'boolean':
    case 'category': {
      const { codes, values } = column;
      const place = feature.type === 'category' ? placesOf(feature) : null;
      const numbers = values.map((value, code) => (place ? (place.get(value) ?? unseen) : code));
      return (index) => numbers[codes[rows[index]!]!] ?? Number.NaN; // code −1 is missing
    }
    default:
      throw new Error(`column type ${column satisfies never}`);
  }
}

const placesOf = ({ values }: CategoryFeature): Map<string, number> =>
  new Map(values.map((value, place) => [value, place]));

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
    if (index < 0) throw new Error(`row ${row} is of class "${classes[values[row]!]}", which the preparation lacks`);
    return index;
  });
}

// ── from raw rows ─────────────────────────────────────────────────────────────────────────────────────────────────

function rawField(feature: Feature, rows: readonly RawRow[]): Field {
  const read = rawReader(feature);
  return (index) => {
    const row = rows[index]!;
    const value = Object.hasOwn(row, feature.name) ? row[feature.name] : null;
    if (value === null || value === undefined || (typeof value === 'string' && isMissing(trimmed(value))))
      return Number.NaN;
    const number = read(value);
    if (number === null) throw invalidField(index, feature.name, { expected: expectedOf[feature.type], got: value });
    return number;
  };
}

/** Reads a value that is not missing; null where it does not fit. */
function rawReader(feature: Feature): (value: unknown) => number | null {
  switch (feature.type) {
    case 'number':
      return (value) => (typeof value === 'number' && Math.abs(value) <= largestNumber ? value : null);
    case 'date':
      return (value) => (typeof value === 'string' ? parseDate(trimmed(value)) : null);
    case 'boolean':
      return (value) => (typeof value === 'boolean' ? Number(value) : null);
    case 'category': {
      const place = placesOf(feature);
      return (value) => (typeof value === 'string' ? (place.get(trimmed(value)) ?? unseen) : null);
    }
    default:
      throw new Error(`feature ${feature satisfies never}`);
  }
}

const expectedOf: Record<Feature['type'], string> = {
  number: `a number within ±${largestNumber}, or null`,
  date: 'an ISO 8601 date in a string, or null',
  boolean: 'true, false or null',
  category: 'a string or null',
};
