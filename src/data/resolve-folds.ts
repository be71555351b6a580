/** Holds a cross-validation to the data, and says how many rows the run of a fold has at most. */
import type { DataShape } from '../engine/index.js';
import type { DatasetSpec } from '../schemas/dataset-spec.js';
import { DataError } from './errors.js';

const path = '/dataset/split/folds';

/**
 * With folds `validation` is 0, since they validate one another. Throws `unsuitable_field` where a share of it is asked for
 * beside them.
 */
export function settleFolds<Data extends Pick<DatasetSpec, 'split'>>(data: Data): Data {
  const { split } = data;
  const isFolded = split !== undefined && 'folds' in split && typeof split.folds === 'number';
  if (!isFolded) return data;
  const { validation: got = 0 } = split;
  if (!got) return { ...data, split: { ...split, validation: 0 } }; // null asks for the default
  throw new DataError('unsuitable_field', `folds validate one another: expected no share to validate, got ${got}`, {
    ...{ path: '/dataset/split/validation', expected: 'none beside folds', got },
    hint: 'leave it out, or null in a patch',
  });
}

/** Throws `too_few_rows` or `too_few_groups` where a fold would have none of them. */
export function checkFolds(folds: number | null, what: 'rows' | 'groups', got: number): void {
  if (folds === null || got >= folds) return;
  const details = { path, expected: `at least ${folds} ${what} beside those that test`, got };
  throw new DataError(`too_few_${what}`, `${folds} folds: expected ${details.expected}, got ${got}`, details);
}

/** Rows that a fold's run has at most of so many that are dealt out: each kind of row goes to all folds alike. */
export const learntOf = (rows: number, folds: number): number => rows - Math.floor(rows / folds);

/** Rows of the parts in the run of a fold, at most. */
export const foldParts = ({ train }: DataShape['rows'], folds: number): DataShape['rows'] => ({
  train: learntOf(train, folds),
  validation: Math.ceil(train / folds),
  test: 0,
});
