/** What a column may be named: something, once, and not at any length. */
import { DataError } from './errors.js';

/** Characters. */
const longestName = 200;

/** Throws `empty_column_name` or `column_name_too_long`; `ordinal` counts from 1. */
export function checkColumnName(name: string, ordinal: number, row: number): void {
  if (name === '') {
    throw new DataError('empty_column_name', `line ${row}: column ${ordinal} has no name`, {
      row,
      got: '',
      hint: 'name the column, or leave it out (a table saved with its index has such a column)',
    });
  }
  if (name.length > longestName) {
    throw new DataError(
      'column_name_too_long',
      `line ${row}: the name of column ${ordinal} has ${name.length} characters, at most ${longestName} are read`,
      { row, column: `${name.slice(0, 40)}…`, expected: longestName, got: name.length },
    );
  }
}

/** Throws `duplicate_column` as well. */
export function checkColumnNames(names: readonly string[], row: number): void {
  const seen = new Map<string, number>();
  names.forEach((name, index) => {
    checkColumnName(name, index + 1, row);
    const first = seen.get(name);
    if (first !== undefined) throw duplicateColumn(name, row, `columns ${first} and ${index + 1} are both named`);
    seen.set(name, index + 1);
  });
}

export const duplicateColumn = (name: string, row: number, what: string): DataError =>
  new DataError('duplicate_column', `line ${row}: ${what} "${name}"`, { row, column: name });

export const tooManyColumns = (limit: number, got: number, row: number): DataError =>
  new DataError('too_many_columns', `line ${row}: ${got} columns, at most ${limit} are read`, {
    row,
    expected: limit,
    got,
  });
