/** Groups at random: the rows of one are never in two parts, so that a model is tested on whom it has not met. */
import { permutation, streamNumber } from '../../engine/index.js';
import type { Column } from '../columns.js';
import { rowsWithTarget, type SplitRows, type Splitting, splitOf } from './splitting.js';

/** The shares are of the groups, rounded; groups are as many values as rows with a target have. */
export function splitByGroup({ columns, target, split, seed }: Splitting<'grouped'>): SplitRows {
  const groups = shuffledGroups(columns.column(split.column), { rows: rowsWithTarget(target), seed, stream: 'split' });
  const testFrom = Math.round(split.validation * groups.length);
  const trainFrom = testFrom + Math.round(split.test * groups.length);
  const rowsOf = (from: number, to?: number) => groups.slice(from, to).flat();
  return splitOf(
    { validation: rowsOf(0, testFrom), test: rowsOf(testFrom, trainFrom), train: rowsOf(trainFrom) },
    columns.rowCount,
  );
}

/** The rows of each group, ascending; groups shuffled. */
export function shuffledGroups(
  column: Column,
  { rows, seed, stream }: { rows: Iterable<number>; seed: number; stream: 'split' | 'folds' },
): number[][] {
  const keyOf = keys(column);
  const groups = new Map<string | number, number[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const known = groups.get(key);
    if (known) known.push(row);
    else groups.set(key, [row]);
  }
  const all = [...groups.values()];
  return Array.from(permutation(all.length, seed, streamNumber(stream)), (group) => all[group]!);
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
