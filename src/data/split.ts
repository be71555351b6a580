/**
 * Which rows train, validate and test: a function of the dataset, the spec and the seed alone. A row without a target, or
 * without a value that it must have, is in no part.
 */
import type { ResolvedColumnsSpec, TableSplit } from '../schemas/dataset-spec.js';
import type { Columns } from './columns.js';
import { splitByColumn } from './splits/column.js';
import { splitByGroup } from './splits/grouped.js';
import { splitRandomly } from './splits/random.js';
import type { SplitRows, Splitting } from './splits/splitting.js';
import { splitByTime } from './splits/time.js';
import { readTarget, type TargetTask } from './target.js';

export interface SplitRequest {
  dataset: Pick<ResolvedColumnsSpec, 'target' | 'split'>;
  /** Columns of which every row must have a value. */
  complete?: readonly string[];
  task: TargetTask;
  seed: number;
}

const ways: { [Type in TableSplit['type']]: (splitting: Splitting<Type>) => SplitRows } = {
  random: ({ target, split, seed }) => splitRandomly(target, split, seed),
  grouped: splitByGroup,
  time: splitByTime,
  column: splitByColumn,
};

export function splitRows(columns: Columns, { dataset, complete = [], task, seed }: SplitRequest): SplitRows {
  const { classes, values } = readTarget(columns, dataset.target, task);
  const target = { classes, values: withoutIncomplete(values, columns, complete) };
  const { split } = dataset;
  return (ways[split.type] as (splitting: { split: TableSplit } & Omit<Splitting<'random'>, 'split'>) => SplitRows)({
    ...{ columns, target, split, seed },
  });
}

/** NaN where one of the columns misses its value. */
function withoutIncomplete(values: Float64Array, columns: Columns, complete: readonly string[]): Float64Array {
  const kept = values.slice();
  for (const name of complete) {
    const column = columns.column(name);
    if (column.type === 'text') throw new Error(`feature "${name}" is a text column`);
    const isMissing =
      'codes' in column ? (row: number) => column.codes[row]! < 0 : (row: number) => Number.isNaN(column.values[row]!);
    for (let row = 0; row < kept.length; row++) if (isMissing(row)) kept[row] = Number.NaN;
  }
  return kept;
}
