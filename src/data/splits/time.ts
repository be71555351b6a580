/** By a column of dates or numbers: the first rows train, the last ones test. Rows of one time keep the dataset's order. */
import { rowsWithTarget, type SplitRows, type Splitting, splitOf } from './splitting.js';

export function splitByTime({ columns, target, split }: Splitting<'time'>): SplitRows {
  const column = columns.column(split.column);
  if (column.type !== 'date' && column.type !== 'number') throw new Error(`times: a ${column.type} column`);
  const times = column.values;
  const rows = rowsWithTarget(target).sort((a, b) => times[a]! - times[b]! || a - b);
  const testFrom = rows.length - Math.round(split.test * rows.length);
  const validationFrom = testFrom - Math.round(split.validation * rows.length);
  return splitOf(
    {
      train: rows.slice(0, validationFrom),
      validation: rows.slice(validationFrom, testFrom),
      test: rows.slice(testFrom),
    },
    columns.rowCount,
  );
}
