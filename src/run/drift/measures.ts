/** How far two samples are apart. */
import { quantilesOf } from '../../data/quantiles.js';

/** No share is taken for less, so that the logarithm of an empty bin is finite. */
const leastShare = 1e-4;
const tenths = Array.from({ length: 11 }, (_, place) => place / 10);

/** Population stability index: Σ (p − q) · log(p / q) over bins, p and q the shares of two samples. */
export function stabilityIndex(before: readonly number[], now: readonly number[]): number {
  const shares = (counts: readonly number[]) => {
    const sum = counts.reduce((total, count) => total + count, 0);
    return counts.map((count) => Math.max(leastShare, count / sum));
  };
  const [q, p] = [shares(before), shares(now)];
  return p.reduce((sum, share, bin) => sum + (share - q[bin]!) * Math.log(share / q[bin]!), 0);
}

/** Of numbers, in bins between the tenths of `before`; those beyond its ends are in the outermost. */
export function stabilityOfNumbers(before: readonly number[], now: readonly number[]): number {
  const edges = [...new Set(quantilesOf(Float64Array.from(before), tenths))].slice(1, -1);
  const count = (numbers: readonly number[]) => {
    const counts = new Array<number>(edges.length + 1).fill(0);
    for (const number of numbers) counts[edges.filter((edge) => edge <= number).length]! += 1;
    return counts;
  };
  return stabilityIndex(count(before), count(now));
}

/** Two-sample statistic of Kolmogorov & Smirnov: the largest distance of the empirical distributions. Both ascend. */
export function kolmogorovSmirnov(before: readonly number[], now: readonly number[]): number {
  let [i, j, largest] = [0, 0, 0];
  while (i < before.length && j < now.length) {
    const value = Math.min(before[i]!, now[j]!);
    while (before[i] === value) i++;
    while (now[j] === value) j++;
    largest = Math.max(largest, Math.abs(i / before.length - j / now.length));
  }
  return largest;
}
