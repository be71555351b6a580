/** Rows at random, with or without regard to their classes. */
import { permutation, streamNumber } from '../../engine/index.js';
import type { RandomSplit } from '../../schemas/dataset-spec.js';
import type { Target } from '../target.js';
import { rowsWithTarget, type SplitRows, splitOf } from './splitting.js';

/**
 * For a classification, train has a row of every class; with `stratify`, each class has its proportional share of each
 * part to within one row, as far as that leaves train its own.
 */
export function splitRandomly(
  { classes, values }: Target,
  split: Omit<RandomSplit, 'type' | 'folds'>,
  seed: number,
): SplitRows {
  const strata = strataOf({ classes, values }, split, rowsWithTarget({ classes, values }));
  const shares = strataShares(
    strata.map((rows) => rows.length),
    split,
  );
  const parts: [validation: number[], test: number[], train: number[]] = [[], [], []];
  strata.forEach((rows, stratum) => {
    const { validation: testFrom, test } = shares[stratum]!;
    permutation(rows.length, seed, streamNumber('split', stratum)).forEach((index, place) => {
      parts[place < testFrom ? 0 : place < testFrom + test ? 1 : 2].push(rows[index]!);
    });
  });
  if (classes !== null && !split.stratify) completeTrain(parts, values);
  const [validation, test, train] = parts;
  return splitOf({ train, validation, test }, values.length);
}

/** Rows by their classes, or all in one. */
function strataOf(
  { classes, values }: Target,
  { stratify }: Pick<RandomSplit, 'stratify'>,
  rows: Iterable<number>,
): number[][] {
  const stratified = stratify && classes !== null;
  const strata = Array.from({ length: stratified ? classes.length : 1 }, (): number[] => []);
  for (const row of rows) strata[stratified ? values[row]! : 0]!.push(row);
  return strata;
}

/** Rows shuffled; class after class, where the split is stratified. */
export function shuffledRows(
  target: Target,
  split: Pick<RandomSplit, 'stratify'>,
  { rows, seed }: { rows: Iterable<number>; seed: number },
): number[] {
  return strataOf(target, split, rows).flatMap((own, stratum) =>
    Array.from(permutation(own.length, seed, streamNumber('folds', stratum)), (index) => own[index]!),
  );
}

/** Rows of each stratum in each part. */
export function strataShares(
  sizes: readonly number[],
  split: Pick<RandomSplit, 'validation' | 'test'>,
): { train: number; validation: number; test: number }[] {
  const validations = shareOut(sizes, sizes, split.validation);
  const left = sizes.map((size, stratum) => size - validations[stratum]!);
  const tests = shareOut(sizes, left, split.test);
  return sizes.map((_, stratum) => {
    const [validation, test] = [validations[stratum]!, tests[stratum]!];
    return { train: left[stratum]! - test, validation, test };
  });
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
export function completeTrain(
  parts: [validation: number[], test: number[], train: number[]],
  values: Float64Array,
): void {
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
