/**
 * Folds of a cross-validation. What the split leaves to train on is dealt out like cards, one fold after the other: rows in
 * shuffled order, class after class where the split is stratified, or whole groups. So folds, and the rows of each class in
 * them, are as many as those of scikit-learn's KFold and StratifiedKFold. In the run of a fold its rows validate.
 */
import { DataError } from '../errors.js';
import type { Target } from '../target.js';
import { completeTrain, shuffledRows } from './random.js';
import { type SplitRows, splitOf } from './splitting.js';

/** One of the folds, from 0. */
export interface FoldChoice {
  fold: number;
  folds: number;
  seed: number;
}

/** Fold of rows that are dealt one by one. As ever, train has a row of every class. */
export function foldOfRows(
  rows: SplitRows,
  { target, stratify, ...choice }: FoldChoice & { target: Target; stratify: boolean },
): SplitRows {
  const shuffled = shuffledRows(target, { stratify }, { rows: rows.train, seed: choice.seed });
  const { train, validation } = deal(
    shuffled.map((row) => [row]),
    choice,
  );
  const parts: Parameters<typeof completeTrain>[0] = [validation, [], train];
  if (target.classes !== null) completeTrain(parts, target.values);
  return foldOf(rows, { train: parts[2], validation: parts[0] }, choice);
}

/** Fold of groups, which come shuffled. */
export const foldOfGroups = (rows: SplitRows, groups: readonly (readonly number[])[], choice: FoldChoice): SplitRows =>
  foldOf(rows, deal(groups, choice), choice);

type Dealt = Record<'train' | 'validation', number[]>;

function deal(units: readonly (readonly number[])[], { fold, folds }: FoldChoice): Dealt {
  const [train, validation] = [false, true].map((own) =>
    units.filter((_, place) => (place % folds === fold) === own).flat(),
  );
  return { train: train!, validation: validation! };
}

function foldOf({ dropped }: SplitRows, { train, validation }: Dealt, { fold, folds }: FoldChoice): SplitRows {
  if (train.length > 0 && validation.length > 0) {
    return splitOf({ train, validation, test: [] }, train.length + validation.length + dropped);
  }
  const got = `train ${train.length}, validation ${validation.length}`;
  const details = {
    path: '/dataset/split/folds',
    expected: `rows to train on and to validate in each of ${folds}`,
    got,
  };
  throw new DataError('too_few_rows', `fold ${fold + 1}: expected ${details.expected}, got ${got}`, details);
}
