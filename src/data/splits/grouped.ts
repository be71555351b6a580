/** Groups at random: the rows of one are never in two parts, so that a model is tested on whom it has not met. */
import { permutation, streamNumber } from '../../engine/index.js';
import type { Column } from '../columns.js';
import { rowsWithTarget, type SplitRows, type Splitting, splitOf } from './splitting.js';

/** The shares are of the groups, rounded; groups are as many values as rows with a target have. */
export function splitByGroup({ columns, target, split, seed }: Splitting<'grouped'>): SplitRows {
  const keyOf = keys(columns.column(split.column));
  const groups = new Map<string | number, number[]>();
  for (const row of rowsWithTarget(target)) {
    const key = keyOf(row);
    const rows = groups.get(key);
    if (rows) rows.push(row);
    else groups.set(key, [row]);
  }
  const all = [...groups.values()];
  const order = [...permutation(all.length, seed, streamNumber('split'))];
  const testFrom = Math.round(split.validation * all.length);
  const trainFrom = testFrom + Math.round(split.test * all.length);
  const rowsOf = (from: number, to?: number) => order.slice(from, to).flatMap((group) => all[group]!);
  return splitOf(
    { validation: rowsOf(0, testFrom), test: rowsOf(testFrom, trainFrom), train: rowsOf(trainFrom) },
    columns.rowCount,
  );
}

/** What tells a row's group from others. */
function keys(column: Column): (row: number) => string | number {
  switch (column.type) {
    case 'number':
    case 'date':
      return (row) => column.values[row]!;
    case 'category':
    case 'boolean':
      return (row) => column.codes[row]!;
    case 'text': {
      const { bytes, offsets } = column;
      const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      return (row) => text.toString('utf8', offsets[row], offsets[row + 1]);
    }
    default:
      throw new Error(`column type ${column satisfies never}`);
  }
}
