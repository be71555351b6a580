/** The column to predict, as numbers: class indices, or the values themselves. */
import type { Columns } from './columns.js';
import { DataError } from './errors.js';
import { firstEqualRows, mixColumn, type RowHashes } from './row-hashes.js';

/** What a column can be the target of. */
export type TargetTask = 'classification' | 'regression';

export interface Target {
  /** Names of the classes; null for regression. Categories are sorted by UTF-16 unit, numbers by value; false before true. */
  classes: readonly string[] | null;
  /** [rows]: index into `classes`, or the value; NaN where the target is missing. */
  values: Float64Array;
}

/** The target of a classification. */
export type Classes = Target & { classes: readonly string[] };

/** Reads the target, with the classes of the whole dataset. Throws `unknown_column` or `unsuitable_target`. */
export function readTarget(columns: Columns, name: string, task: TargetTask): Target {
  const column = columns.column(name);
  if (task === 'regression') {
    if (column.type !== 'number') throw unsuitableTarget(name, task, 'a number column', column.type);
    return { classes: null, values: column.values };
  }
  switch (column.type) {
    case 'category':
    case 'boolean':
      return {
        classes: column.values,
        values: Float64Array.from(column.codes, (code) => (code < 0 ? Number.NaN : code)),
      };
    case 'number': {
      const numbers = [...new Set(column.values)].filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
      const indexOf = new Map(numbers.map((value, index) => [value, index]));
      return {
        classes: numbers.map(String),
        values: column.values.map((value) => indexOf.get(value) ?? Number.NaN),
      };
    }
    case 'date':
    case 'text':
      throw unsuitableTarget(name, task, 'a category, boolean or integer column', column.type);
    default:
      throw new Error(`column type ${column satisfies never}`);
  }
}

/** Reads the target of a classification. */
export const readClasses = (columns: Columns, name: string): Classes => {
  const { classes, values } = readTarget(columns, name, 'classification');
  return { classes: classes!, values };
};

/** NaN where a row equals an earlier one with the same target; `features` are taken up. */
export function withoutDuplicates(targets: Float64Array, features: RowHashes): Float64Array {
  mixColumn(features, { type: 'number', values: targets });
  const firstEqual = firstEqualRows(features);
  return targets.map((target, row) => (firstEqual[row] === row ? target : Number.NaN));
}

export const unsuitableTarget = (column: string, task: string, expected: string, got: string): DataError =>
  new DataError('unsuitable_target', `target "${column}": ${task} needs ${expected}, got a ${got} column`, {
    path: '/dataset/target',
    column,
    expected,
    got,
  });
