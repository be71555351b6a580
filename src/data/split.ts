/**
 * Which rows train, validate and test: a function of the dataset, the spec and the seed alone. A row without a target, or
 * without a value that it must have, is in no part.
 */
import { foldsOf, type ResolvedColumnsSpec, type TableSplit } from '../schemas/dataset-spec.js';
import type { Columns } from './columns.js';
import { mixColumn, newRowHashes, type RowHashes } from './row-hashes.js';
import { splitByColumn } from './splits/column.js';
import { foldOfGroups, foldOfRows } from './splits/folds.js';
import { shuffledGroups, splitByGroup } from './splits/grouped.js';
import { splitRandomly } from './splits/random.js';
import type { SplitRows, Splitting } from './splits/splitting.js';
import { splitByTime } from './splits/time.js';
import { readTarget, type TargetTask, withoutDuplicates } from './target.js';

export interface SplitRequest {
  dataset: Pick<ResolvedColumnsSpec, 'target' | 'split'>;
  /** Columns of which every row must have a value. */
  complete?: readonly string[];
  /** Columns in which, or in the target, every row must differ from those before it. */
  distinct?: readonly string[] | null;
  task: TargetTask;
  seed: number;
  /** The fold that validates, from 0; null: parts as the split says. */
  fold?: number | null;
}

const ways: { [Type in TableSplit['type']]: (splitting: Splitting<Type>) => SplitRows } = {
  random: ({ target, split, seed }) => splitRandomly(target, split, seed),
  grouped: splitByGroup,
  time: splitByTime,
  column: splitByColumn,
};

export function splitRows(
  columns: Columns,
  { dataset, complete = [], distinct = null, task, seed, fold = null }: SplitRequest,
): SplitRows {
  const { classes, values } = readTarget(columns, dataset.target, task);
  const kept = withoutIncomplete(values, columns, complete);
  const target = {
    classes,
    values: distinct === null ? kept : withoutDuplicates(kept, hashColumns(columns, distinct)),
  };
  const { split } = dataset;
  const rows = (
    ways[split.type] as (splitting: { split: TableSplit } & Omit<Splitting<'random'>, 'split'>) => SplitRows
  )({ columns, target, split, seed });
  if (fold === null) return rows;
  const choice = { fold, folds: foldsOf(dataset)!, seed };
  if (split.type !== 'grouped') return foldOfRows(rows, { ...choice, target, stratify: isStratified(split) });
  const column = columns.column(split.column);
  return foldOfGroups(rows, shuffledGroups(column, { rows: rows.train, seed, stream: 'folds' }), choice);
}

const isStratified = (split: TableSplit): boolean => split.type === 'random' && split.stratify;

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

function hashColumns(columns: Columns, names: readonly string[]): RowHashes {
  const hashes = newRowHashes(columns.rowCount);
  for (const name of names) mixColumn(hashes, columns.column(name));
  return hashes;
}
