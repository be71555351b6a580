/** Classes that are rarer than others: rows of the training split are repeated, or left out, until each class has as many. */
import { type DataShape, permutation, streamNumber } from '../engine/index.js';
import { foldsOf, type ResolvedColumnsSpec, type TableSplit } from '../schemas/dataset-spec.js';
import { DataError } from './errors.js';
import { foldParts, learntOf } from './resolve-folds.js';
import { strataShares } from './splits/random.js';
import type { Classes, TargetTask } from './target.js';

type Balance = ResolvedColumnsSpec['balance'];

/** Rows that each class comes to have; null: as many as it has. */
const sizes: Record<Balance['type'], (counts: readonly number[]) => number | null> = {
  none: () => null,
  oversample: (counts) => Math.max(...counts),
  undersample: (counts) => Math.min(...counts),
};

/**
 * The rows, ascending: of each class every row ⌊size / rows of the class⌋ times, and as many others at random, none of them
 * twice, as are wanting. Which ones is a function of rows and seed.
 */
export function balanceRows(rows: Int32Array, { values }: Classes, { type }: Balance, seed: number): Int32Array {
  const byClass = new Map<number, number[]>();
  for (const row of rows) {
    const known = byClass.get(values[row]!);
    if (known) known.push(row);
    else byClass.set(values[row]!, [row]);
  }
  const size = sizes[type]([...byClass.values()].map(({ length }) => length));
  if (size === null) return rows;
  const balanced = [...byClass].flatMap(([index, own]) => {
    const some = [...permutation(own.length, seed, streamNumber('balance', index))].slice(0, size % own.length);
    const whole = Array.from({ length: Math.floor(size / own.length) }, () => own);
    return [...whole.flat(), ...some.map((place) => own[place]!)];
  });
  return Int32Array.from(balanced).sort();
}

export interface BalanceFacts {
  split: TableSplit;
  /** Of the training split, at most. */
  rows: number;
  /** Where that is the split of a fold's run. */
  folds?: number | null;
  /** Rows of each class in the whole dataset, where they are known. */
  counts: readonly number[] | undefined;
  classes: number;
}

/** Rows that train, at most: exact where classes are split by their shares and every row has a place. */
export function balancedCount({ type }: Balance, { split, rows, folds = null, counts, classes }: BalanceFacts): number {
  const all = counts?.filter((count) => count > 0) ?? Array.from({ length: classes }, () => rows);
  const stratified = counts && split.type === 'random' && split.stratify;
  const inTrain = stratified
    ? strataShares(all, split).map(({ train }) => (folds === null ? train : learntOf(train, folds)))
    : all.map((count) => Math.min(count, rows));
  const size = sizes[type](inTrain);
  return size === null ? rows : size * classes;
}

/** Rows of the whole run, and of a fold's where there are folds, at most. */
export function balancedRows(
  balance: Balance,
  parts: DataShape['rows'],
  facts: Omit<BalanceFacts, 'rows' | 'folds'>,
): { rows: DataShape['rows']; foldRows: DataShape['rows'] | null } {
  const folds = foldsOf(facts);
  const balanced = (rows: DataShape['rows'], folds: number | null) => ({
    ...rows,
    train: balancedCount(balance, { ...facts, rows: rows.train, folds }),
  });
  return { rows: balanced(parts, null), foldRows: folds === null ? null : balanced(foldParts(parts, folds), folds) };
}

/** Throws `unsuitable_field`: quantities are of no class. */
export function checkBalance({ type }: Balance, task: TargetTask): void {
  if (type === 'none' || task === 'classification') return;
  const details = { path: '/dataset/balance/type', expected: 'none', got: type };
  throw new DataError(
    'unsuitable_field',
    `a regression has no classes to balance: expected none, got ${type}`,
    details,
  );
}
