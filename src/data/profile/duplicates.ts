/** Rows that are there twice: within the dataset, with other labels, and in two parts of a split. */
import type { Duplicates, Overlap } from '../../schemas/profile.js';
import type { SplitRows } from '../splits/splitting.js';
import { noteRow, rowList } from './row-list.js';

/**
 * `firstEqual` [rows]: the first row with the same features. `target` [rows]: what may differ between them, null where the
 * dataset is looked at without one.
 */
export function findDuplicates(firstEqual: Int32Array, target: ArrayLike<number> | null): Duplicates {
  const [rows, conflicting] = [rowList(), rowList()];
  firstEqual.forEach((earlier, row) => {
    if (earlier === row) return;
    if (target === null || Object.is(target[earlier], target[row])) noteRow(rows, row);
    else noteRow(conflicting, row);
  });
  return { rows, conflicting: target && conflicting };
}

/** Rows of validation and test whose features a row of train has. */
export function findOverlap(firstEqual: Int32Array, { train, validation, test }: SplitRows): Overlap {
  const inTrain = new Uint8Array(firstEqual.length);
  for (const row of train) inTrain[firstEqual[row]!] = 1;
  const overlapping = (part: Int32Array) => {
    const rows = rowList();
    for (const row of part) if (inTrain[firstEqual[row]!] === 1) noteRow(rows, row);
    return rows;
  };
  return {
    ...{ train: train.length, validation: validation.length, test: test.length },
    validationInTrain: overlapping(validation),
    testInTrain: overlapping(test),
  };
}
