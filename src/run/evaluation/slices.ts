/** Rows parted by a column: by its values where it has any of few, by quarters where it is of numbers or dates. */
import type { Columns } from '../../data/columns.js';
import { DataError } from '../../data/errors.js';
import { quantilesOf } from '../../data/quantiles.js';
import type { StoredDataset } from '../../data/stored-dataset.js';

/** Which slice a row is in. */
export interface Slicing {
  /** Of each slice, in the order of their places; the last is of rows that miss the value. */
  names: SliceName[];
  /** For rows [from, to), by their place behind `from`. */
  read(from: number, to: number): (row: number) => number;
}

/** `value`, or numbers (dates as epoch milliseconds) from `from` to below `to`, the last up to and with it; none: missing. */
export interface SliceName {
  value?: string;
  from?: number;
  to?: number;
}

const mostSlices = 50;
/** Of numbers that are looked at to part them in quarters. */
const sampled = 65_536;
const quarters = [0, 0.25, 0.5, 0.75, 1];

/** Throws DataError where the column is none, or cannot part rows. */
export function slicingOf(stored: StoredDataset, name: string): Slicing {
  const info = stored.kind === 'table' ? stored.columns.info.find((column) => column.name === name) : undefined;
  if (stored.kind !== 'table' || info === undefined) throw unsuitable(name, 'a column of the dataset', 'none');
  const { columns } = stored;
  const { type, values = [] } = info;
  switch (type) {
    case 'text':
      throw unsuitable(name, 'a column of numbers, dates, booleans or categories', 'texts');
    case 'category':
    case 'boolean': {
      if (values.length > mostSlices) throw unsuitable(name, `at most ${mostSlices} values`, `${values.length}`);
      return {
        names: [...values.map((value) => ({ value })), {}],
        read(from, to) {
          const { codes } = columns.slice(name, from, to) as { codes: Int32Array };
          return (row) => (codes[row]! < 0 ? values.length : codes[row]!);
        },
      };
    }
    case 'number':
    case 'date': {
      const edges = edgesOf(columns, name);
      const inner = edges.slice(1, -1);
      const parts = edges.slice(1).map((to, at) => ({ from: edges[at]!, to }));
      return {
        names: [...parts, {}],
        read(from, to) {
          const { values } = columns.slice(name, from, to) as { values: Float64Array };
          return (row) => {
            const value = values[row]!;
            return Number.isNaN(value) ? parts.length : inner.filter((edge) => edge <= value).length;
          };
        },
      };
    }
    default:
      throw new Error(`column type ${type satisfies never}`);
  }
}

/** Ascending, without repeats: least, quarters, greatest, of rows at equal steps. */
function edgesOf({ rowCount, slice }: Columns, name: string): number[] {
  const step = Math.max(1, Math.floor(rowCount / sampled));
  const sample: number[] = [];
  for (let from = 0; from < rowCount; from += step * 1024) {
    const { values } = slice(name, from, Math.min(rowCount, from + step * 1024)) as { values: Float64Array };
    for (let row = 0; row < values.length; row += step) if (!Number.isNaN(values[row]!)) sample.push(values[row]!);
  }
  if (sample.length === 0) return [];
  const edges = [...new Set(quantilesOf(Float64Array.from(sample), quarters))];
  return edges.length === 1 ? [...edges, ...edges] : edges; // all are equal
}

const unsuitable = (column: string, expected: string, got: string): DataError =>
  new DataError('unsuitable_column', `column "${column}": expected ${expected}, got ${got}`, {
    ...{ path: '/sliceBy', column, expected, got },
  });
