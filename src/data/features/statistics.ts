/** What preparations are fitted to: the values of some rows that are there, their moments, quantiles and counts. */
import type { CodedColumn } from '../columns.js';
import { quantilesOf } from '../quantiles.js';

/** The values at the given rows, in their order, without NaN. */
export function observed(values: Float64Array, rows: Int32Array): Float64Array {
  const there = new Float64Array(rows.length);
  let count = 0;
  for (const row of rows) {
    const value = values[row]!;
    if (!Number.isNaN(value)) there[count++] = value;
  }
  return there.subarray(0, count);
}

/** 0 if there is no value. */
export function meanOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return values.length > 0 ? sum / values.length : 0;
}

/** Mean and population deviation, in two passes; 0 and 1 if there is no value. */
export function moments(values: Float64Array): { mean: number; deviation: number } {
  const mean = meanOf(values);
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  const deviation = Math.sqrt(squares / Math.max(values.length, 1));
  // A constant that is no binary fraction misses its own mean by a rounding: that is no spread
  return { mean, deviation: deviation > 1e-12 * Math.abs(mean) ? deviation : 1 };
}

/** The quantile at each of ascending shares of 1, linear between its two neighbours; 0 if there is no value. */
export const quantiles = (values: Float64Array, shares: readonly number[]): number[] =>
  values.length === 0 ? shares.map(() => 0) : quantilesOf(values.slice(), shares);

/** The most frequent value, the least on a tie; 0 if there is none. */
export function mode(values: Float64Array): number {
  const sorted = values.slice().sort();
  let [best, bestCount, start] = [0, 0, 0];
  for (let end = 1; end <= sorted.length; end++) {
    if (sorted[end] === sorted[start]) continue;
    if (end - start > bestCount) [best, bestCount] = [sorted[start]!, end - start];
    start = end;
  }
  return best;
}

/** Rows of each value that a row has, sorted, and rows without one. */
export function countValues({ codes, values }: CodedColumn, rows: Int32Array) {
  const byCode = new Array<number>(values.length).fill(0);
  let absent = 0;
  for (const row of rows) {
    const code = codes[row]!;
    if (code < 0) absent++;
    else byCode[code]!++;
  }
  const counts = new Map(values.map((value, code) => [value, byCode[code]!] as const).filter(([, count]) => count > 0));
  return { counts, absent };
}
