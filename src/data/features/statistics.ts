/** What preparations are fitted to: the values of some rows that are there, and their moments and quantiles. */
import { quantilesOf } from '../quantiles.js';

/** The values at the given rows, in their order, without NaN. */
export const observed = (values: Float64Array, rows: Int32Array): Float64Array =>
  Float64Array.from(rows, (row) => values[row]!).filter((value) => !Number.isNaN(value));

/** Mean and population deviation, in two passes; 0 and 1 if there is no value. */
export function moments(values: Float64Array): { mean: number; deviation: number } {
  let [sum, squares] = [0, 0];
  for (const value of values) sum += value;
  const mean = values.length > 0 ? sum / values.length : 0;
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
