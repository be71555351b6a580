/** What is said of values that are told apart by name. */
import type { CategoryProfile } from '../../schemas/profile.js';
import { mostBins } from './association.js';

const mostShown = 20;

export interface Counted {
  value: string;
  count: number;
}

/** How often each code is there; missing values (−1) are not counted. */
export function countCodes(codes: Int32Array, values: readonly string[]): Counted[] {
  const counts = new Uint32Array(values.length);
  for (const code of codes) if (code >= 0) counts[code]! += 1;
  return values.map((value, code) => ({ value, count: counts[code]! }));
}

/** The most frequent first; ties in the order that they had. */
export const mostFrequent = (counted: readonly Counted[], shown = mostShown): Counted[] =>
  [...counted].sort((a, b) => b.count - a.count).slice(0, shown);

export const describeCategories = (counted: readonly Counted[]): CategoryProfile => ({
  top: mostFrequent(counted),
  entropy: entropyOf(counted.map(({ count }) => count)),
});

/** −Σ p ln p, in nats. */
export function entropyOf(counts: readonly number[]): number {
  const all = counts.reduce((sum, count) => sum + count, 0);
  return counts.reduce((sum, count) => (count > 0 ? sum - (count / all) * Math.log(count / all) : sum), 0);
}

/** Codes as bins; where there are too many, the rarer ones share the last. */
export function binCodes(codes: Int32Array, counted: readonly Counted[]): { bins: Int32Array; count: number } {
  if (counted.length <= mostBins) return { bins: codes, count: counted.length };
  const byCount = counted.map((_, code) => code).sort((a, b) => counted[b]!.count - counted[a]!.count);
  const binOf = new Int32Array(counted.length).fill(mostBins - 1);
  byCount.slice(0, mostBins - 1).forEach((code, bin) => {
    binOf[code] = bin;
  });
  return { bins: codes.map((code) => (code < 0 ? -1 : binOf[code]!)), count: mostBins };
}

/** Values that differ in case or in blanks alone, as groups of two or more. */
export function variantsOf(values: readonly string[]): string[][] {
  const groups = new Map<string, string[]>();
  for (const value of values) {
    const plain = value
      .toLowerCase()
      .replace(/[\s_-]+/g, ' ')
      .trim();
    groups.set(plain, [...(groups.get(plain) ?? []), value]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}
