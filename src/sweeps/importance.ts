/**
 * How much each parameter matters: the share of the variance of the trials' ranks that lies between groups of neighbouring
 * values of that parameter alone, less what chance would give (ω², Hays 1963). Ranks, so that one run that
 * diverged does not count for all. What parameters do only together is nobody's share.
 */

/** Of neighbouring values of a range, as many trials each. */
const groupCount = 4;
/** A group of fewer says nothing. */
const leastInGroup = 3;

export interface Rated {
  /** A parameter each, in [0, 1). */
  places: readonly number[];
  /** Less is better; Infinity where the trial failed. */
  cost: number;
}

/** A number from 0 to 1 for each parameter; null while there are too few trials. `sizes`: of choices; null: a range. */
export function importances(trials: readonly Rated[], sizes: readonly (number | null)[]): (number | null)[] {
  if (trials.length < groupCount * leastInGroup) return sizes.map(() => null);
  const ranks = ranksOf(trials.map(({ cost }) => cost));
  return sizes.map((size, index) => {
    const places = trials.map((trial) => trial.places[index]!);
    return explained(ranks, size === null ? quantileGroups(places) : places.map((place) => Math.floor(place * size)));
  });
}

/** ω² = (SSbetween − (k − 1)·MSwithin) / (SStotal + MSwithin), at least 0. */
function explained(values: readonly number[], groups: readonly number[]): number {
  const byGroup = new Map(groups.map((group) => [group, [] as number[]]));
  for (const [index, group] of groups.entries()) byGroup.get(group)!.push(values[index]!);
  const mean = meanOf(values);
  const total = squares(values, mean);
  const within = [...byGroup.values()].reduce((sum, group) => sum + squares(group, meanOf(group)), 0);
  const [n, k] = [values.length, byGroup.size];
  if (total === 0 || n <= k) return 0;
  const meanWithin = within / (n - k);
  return Math.max(0, (total - within - (k - 1) * meanWithin) / (total + meanWithin));
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const squares = (values: readonly number[], mean: number): number =>
  values.reduce((sum, value) => sum + (value - mean) ** 2, 0);

/** Equal values share the mean of their ranks. */
function ranksOf(values: readonly number[]): number[] {
  const sorted = values.toSorted(ascending);
  const first = firstIndices(sorted);
  const last = new Map(sorted.map((value, index) => [value, index]));
  return values.map((value) => (first.get(value)! + last.get(value)!) / 2);
}

/** Group of each place: `groupCount` of about the same number; equal places are in one. */
function quantileGroups(places: readonly number[]): number[] {
  const first = firstIndices(places.toSorted(ascending));
  return places.map((place) => Math.floor((first.get(place)! * groupCount) / places.length));
}

/** Some costs are Infinity, whose difference is no number. */
const ascending = (a: number, b: number): number => (a === b ? 0 : a - b);

function firstIndices(sorted: readonly number[]): Map<number, number> {
  const first = new Map<number, number>();
  sorted.forEach((value, index) => {
    if (!first.has(value)) first.set(value, index);
  });
  return first;
}
