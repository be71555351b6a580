/** By a column whose values are the names of the parts. */
import { splitParts } from '../../schemas/dataset-spec.js';
import { rowsWithTarget, type SplitRows, type Splitting, splitOf } from './splitting.js';

export function splitByColumn({ columns, target, split }: Splitting<'column'>): SplitRows {
  const column = columns.column(split.column);
  if (column.type !== 'category') throw new Error(`parts: a ${column.type} column`);
  const { codes, values } = column;
  const rows = rowsWithTarget(target);
  const [train, validation, test] = splitParts.map((part) => rows.filter((row) => values[codes[row]!] === part));
  return splitOf({ train: train!, validation: validation!, test: test! }, columns.rowCount);
}
