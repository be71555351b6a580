/** A sample of each part of a split, as one list of rows. */
import { firstEqualRows, type RowHashes } from '../data/row-hashes.js';
import type { SplitRows } from '../data/splits/splitting.js';
import { type SplitName, splitNames } from '../engine/index.js';

/** Rows of a part that are looked at. */
const mostRows = 100_000;

export interface Parts {
  /** Row numbers of the dataset: those of train, of validation, of test. */
  rows: Int32Array;
  /** Where each part stands in `rows`. */
  of: Record<SplitName, { from: number; to: number }>;
}

/** Up to `most` rows of each part, evenly spread. */
export function sampleParts(split: SplitRows, most = mostRows): Parts {
  const of = {} as Parts['of'];
  const rows: number[] = [];
  for (const name of splitNames) {
    const part = split[name];
    const stride = Math.max(1, part.length / most);
    const from = rows.length;
    for (let at = 0; at < part.length; at += stride) rows.push(part[Math.floor(at)]!);
    of[name] = { from, to: rows.length };
  }
  return { rows: Int32Array.from(rows), of };
}

/** Rows of each part by class; `values` [rows of the sample]. */
export function countClassesOf(
  values: Float64Array,
  { of }: Parts,
  classes: number,
): Record<SplitName, readonly number[]> {
  const count = ({ from, to }: { from: number; to: number }) => {
    const counts = new Array<number>(classes).fill(0);
    for (const value of values.subarray(from, to)) counts[value]! += 1;
    return counts;
  };
  return { train: count(of.train), validation: count(of.validation), test: count(of.test) };
}

/** Share of the rows of validation and test that equal a row of train. */
export function equalInTrain(hashes: RowHashes, { of }: Parts): Record<'validation' | 'test', number> {
  const firstEqual = firstEqualRows(hashes); // train comes first
  const share = ({ from, to }: { from: number; to: number }) => {
    let equal = 0;
    for (let row = from; row < to; row++) if (firstEqual[row]! < of.train.to) equal++;
    return to > from ? equal / (to - from) : 0;
  };
  return { validation: share(of.validation), test: share(of.test) };
}
