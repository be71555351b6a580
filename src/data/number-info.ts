/** What is said of a column of numbers. */
import type { ColumnInfo } from '../schemas/dataset.js';
import { DataError } from './errors.js';
import { largestNumber } from './values.js';

/** NaN is missing; one value at least is there. Throws `number_out_of_range`, naming the first record that is. */
export function numberInfo(name: string, values: Float64Array): Omit<ColumnInfo, 'name' | 'missing'> {
  const outside = values.findIndex((value) => Math.abs(value) > largestNumber);
  if (outside >= 0) {
    const expected = `at most ±${largestNumber}`;
    const message = `column "${name}", record ${outside + 1}: expected ${expected}, got ${values[outside]}`;
    throw new DataError('number_out_of_range', message, { column: name, expected });
  }
  const integer = values.every((value) => Number.isNaN(value) || Number.isSafeInteger(value));
  return { type: 'number', distinct: countDistinctNumbers(values), integer, ...summary(values) };
}

/** −0 and 0 are one. */
function countDistinctNumbers(values: Float64Array): number {
  const sorted = values.slice().sort(); // NaN last
  let distinct = 0;
  for (let at = 0; at < sorted.length && !Number.isNaN(sorted[at]); at++) {
    if (at === 0 || sorted[at] !== sorted[at - 1]) distinct++;
  }
  return distinct;
}

/** Of the values that are not NaN; there is one at least. The mean is summed in order: the same bits every time. */
export function summary(values: Float64Array): { min: number; max: number; mean: number } {
  let [min, max, sum, count] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    min = Math.min(min, value);
    max = Math.max(max, value);
    sum += value;
    count++;
  }
  return { min, max, mean: sum / count };
}
