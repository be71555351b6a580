/**
 * Which rows train, validate and test: a function of the target, the spec and the seed alone. A row without a target is
 * in no part.
 */
import { permutation, streamNumber } from '../engine/index.js';
import type { RandomSplit, ResolvedColumnsSpec } from '../schemas/dataset-spec.js';
import type { Columns } from './columns.js';
import { readTarget, type Target, type TargetTask } from './target.js';

export interface SplitRequest {
  dataset: Pick<ResolvedColumnsSpec, 'target' | 'split'>;
  task: TargetTask;
  seed: number;
}

type Shares = Omit<RandomSplit, 'type'>;

/** Row numbers, ascending in each part. */
export interface SplitRows {
  train: Int32Array;
  validation: Int32Array;
  test: Int32Array;
  /** Rows whose target is missing. */
  dropped: number;
}

/**
 * Splits at random. For a classification, train has a row of every class; with `stratify`, each class has its proportional
 * share of each part to within one row, as far as that leaves train its own.
 */
export function splitRows(columns: Columns, { dataset: { target, split }, task, seed }: SplitRequest): SplitRows {
  return splitTarget(readTarget(columns, target, task), split, seed);
}

/** The same for any target. */
export function splitTarget({ classes, values }: Target, split: Shares, seed: number): SplitRows {
  const stratified = split.stratify && classes !== null;
  const strata = Array.from({ length: stratified ? classes.length : 1 }, (): number[] => []);
  values.forEach((value, row) => {
    if (!Number.isNaN(value)) strata[stratified ? value : 0]!.push(row);
  });

  const sizes = strata.map((rows) => rows.length);
  const validationSizes = shareOut(sizes, sizes, split.validation);
  const left = sizes.map((size, stratum) => size - validationSizes[stratum]!);
  const testSizes = shareOut(sizes, left, split.test);

  const parts: [validation: number[], test: number[], train: number[]] = [[], [], []];
  strata.forEach((rows, stratum) => {
    const testFrom = validationSizes[stratum]!;
    const trainFrom = testFrom + testSizes[stratum]!;
    permutation(rows.length, seed, streamNumber('split', stratum)).forEach((index, place) => {
      parts[place < testFrom ? 0 : place < trainFrom ? 1 : 2].push(rows[index]!);
    });
  });
  if (classes !== null && !stratified) completeTrain(parts, values);
  const [validation, test, train] = parts.map((rows) => Int32Array.from(rows).sort()) as [
    Int32Array,
    Int32Array,
    Int32Array,
  ];
  return { train, validation, test, dropped: values.length - train.length - validation.length - test.length };
}

/**
 * How many rows of each stratum a part takes: ⌊share · size⌋, and the rows still lacking to round(share · all) one each
 * to the strata with the largest remainders (the first on a tie). One row of `available` is always left over.
 */
function shareOut(sizes: readonly number[], available: readonly number[], share: number): number[] {
  const taken = sizes.map((size, stratum) => Math.max(0, Math.min(Math.floor(share * size), available[stratum]! - 1)));
  const total = Math.round(share * sizes.reduce((sum, size) => sum + size, 0));
  let lacking = total - taken.reduce((sum, size) => sum + size, 0);
  const byRemainder = sizes
    .map((size, stratum) => ({ stratum, remainder: share * size - taken[stratum]! }))
    .sort((a, b) => b.remainder - a.remainder || a.stratum - b.stratum);
  for (const { stratum, remainder } of byRemainder) {
    if (lacking <= 0 || remainder <= 0) break;
    if (taken[stratum]! + 1 >= available[stratum]!) continue; // train would have none of it
    taken[stratum]!++;
    lacking--;
  }
  return taken;
}

/** Moves a row of each class that train lacks into it: no model learns a class that it never saw. */
function completeTrain(parts: [validation: number[], test: number[], train: number[]], values: Float64Array): void {
  const train = parts[2];
  const seen = new Set(train.map((row) => values[row]));
  for (const index of [0, 1] as const) {
    parts[index] = parts[index].filter((row) => {
      if (seen.has(values[row])) return true;
      seen.add(values[row]);
      train.push(row);
      return false;
    });
  }
}
