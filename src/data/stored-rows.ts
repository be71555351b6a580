/** Rows of a stored table as a client would send them to predict: what encodeRawRows reads. */
import type { Column, Columns } from './columns.js';
import type { RawRow } from './raw-rows.js';

/** The first `count` rows, or all. */
export function firstRows({ rowCount, info, slice }: Columns, count: number): RawRow[] {
  const shown = Math.min(count, rowCount);
  const columns = info.map(({ name }) => [name, slice(name, 0, shown)] as const);
  return Array.from({ length: shown }, (_, row) =>
    Object.fromEntries(columns.map(([name, column]) => [name, cell(column, row)])),
  );
}

/** Rows whose columns are read at once. */
const windowRows = 4096;

/** The given columns of the given rows, which ascend. */
export function* rowsAt(columns: Columns, rows: Int32Array, names: readonly string[]): Generator<RawRow> {
  let window: { from: number; columns: Column[] } | undefined;
  for (const row of rows) {
    const from = row - (row % windowRows);
    if (window?.from !== from) {
      const to = Math.min(columns.rowCount, from + windowRows);
      window = { from, columns: names.map((name) => columns.slice(name, from, to)) };
    }
    yield Object.fromEntries(window.columns.map((column, at) => [names[at]!, cell(column, row - from)]));
  }
}

/** One row. */
export const rowAt = ({ info, slice }: Columns, row: number): RawRow =>
  Object.fromEntries(info.map(({ name }) => [name, cell(slice(name, row, row + 1), 0)]));

/** null where it is missing. */
function cell(column: Column, row: number): unknown {
  switch (column.type) {
    case 'number':
    case 'date': {
      const value = column.values[row]!;
      if (Number.isNaN(value)) return null;
      return column.type === 'date' ? new Date(value).toISOString() : value;
    }
    case 'category':
      return column.values[column.codes[row]!] ?? null;
    case 'boolean': {
      const value = column.values[column.codes[row]!];
      return value === undefined ? null : value === 'true';
    }
    case 'text': {
      const text = Buffer.from(column.bytes.subarray(column.offsets[row], column.offsets[row + 1]));
      return text.length > 0 ? text.toString() : null;
    }
    default:
      throw new Error(`column type ${column satisfies never}`);
  }
}
