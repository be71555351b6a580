/** What each way to split is given, and gives. */
import type { TableSplit } from '../../schemas/dataset-spec.js';
import type { Columns } from '../columns.js';
import type { Target } from '../target.js';

/** Row numbers, ascending in each part. */
export interface SplitRows {
  train: Int32Array;
  validation: Int32Array;
  test: Int32Array;
  /** Rows that are in no part. */
  dropped: number;
}

/** What a way to split is given; rows whose target is NaN are in no part. */
export interface Splitting<Type extends TableSplit['type']> {
  columns: Columns;
  target: Target;
  split: Extract<TableSplit, { type: Type }>;
  seed: number;
}

type Parts = Readonly<Record<'train' | 'validation' | 'test', readonly number[]>>;

/** Parts of `rows` rows, in ascending order. */
export function splitOf(parts: Parts, rows: number): SplitRows {
  const [train, validation, test] = [parts.train, parts.validation, parts.test].map((part) =>
    Int32Array.from(part).sort(),
  ) as [Int32Array, Int32Array, Int32Array];
  return { train, validation, test, dropped: rows - train.length - validation.length - test.length };
}

/** Rows that have a target, ascending. */
export const rowsWithTarget = ({ values }: Target): number[] =>
  Array.from(values.keys()).filter((row) => !Number.isNaN(values[row]!));
