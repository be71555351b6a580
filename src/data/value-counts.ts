/** How many rows have each value of a column: what the balance of classes and splits by a column are planned by. */
import type { ColumnInfo } from '../schemas/dataset.js';
import type { Column } from './columns.js';

/** Numbers with more values than classes can be are not counted. */
const mostNumbers = 1_000;

/** Of categories and booleans in the order of their values, of few whole numbers ascending; none of other columns. */
export function countsOf(column: Column, { integer, distinct }: Pick<ColumnInfo, 'integer' | 'distinct'>) {
  switch (column.type) {
    case 'category':
    case 'boolean': {
      const counts = new Array<number>(column.values.length).fill(0);
      for (const code of column.codes) if (code >= 0) counts[code]!++;
      return { counts };
    }
    case 'number': {
      if (!integer || distinct > mostNumbers) return {};
      const counts = new Map<number, number>();
      for (const value of column.values) {
        if (!Number.isNaN(value)) counts.set(value, (counts.get(value) ?? 0) + 1);
      }
      return { counts: [...counts].sort(([a], [b]) => a - b).map(([, count]) => count) };
    }
    case 'date':
    case 'text':
      return {};
    default:
      throw new Error(`column type ${column satisfies never}`);
  }
}
