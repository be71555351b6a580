/** What a column may be named: something, once, and not at any length. */
import { atLine, DataError } from './errors.js';

const rowOf = (row: number | undefined) => (row === undefined ? {} : { row });

/** Characters. */
const longestName = 200;

/** Throws `empty_column_name` or `column_name_too_long`; `ordinal` counts from 1. */
export function checkColumnName(name: string, ordinal: number, row?: number): void {
  if (name === '') {
    throw new DataError('empty_column_name', `${atLine(row)}column ${ordinal} has no name`, {
      ...rowOf(row),
      got: '',
      hint: 'name the column, or leave it out (a table saved with its index has such a column)',
    });
  }
  if (name.length > longestName) {
    throw new DataError(
      'column_name_too_long',
      `${atLine(row)}the name of column ${ordinal} has ${name.length} characters, at most ${longestName} are read`,
      { ...rowOf(row), column: `${name.slice(0, 40)}…`, expected: longestName, got: name.length },
    );
  }
}

/** Throws `duplicate_column` as well. */
export function checkColumnNames(names: readonly string[], row?: number): void {
  const seen = new Map<string, number>();
  names.forEach((name, index) => {
    checkColumnName(name, index + 1, row);
    const first = seen.get(name);
    if (first !== undefined) throw duplicateColumn(name, row, `columns ${first} and ${index + 1} are both named`);
    seen.set(name, index + 1);
  });
}

export const duplicateColumn = (name: string, row: number | undefined, what: string): DataError =>
  new DataError('duplicate_column', `${atLine(row)}${what} "${name}"`, { ...rowOf(row), column: name });

export const tooManyColumns = (limit: number, got: number, row?: number): DataError =>
  new DataError('too_many_columns', `${atLine(row)}${got} columns, at most ${limit} are read`, {
    ...rowOf(row),
    expected: limit,
    got,
  });
