/** Exact quantiles without sorting: the ranks that are asked for are selected (Hoare's FIND, for several ranks at once). */

/**
 * Rearranges `values` so that each of the ascending `ranks` holds what it would after sorting. Expected time O(n log ranks);
 * pivots are drawn from a fixed generator, so that no order of the data is always bad. `values` holds no NaN.
 */
export function selectRanks(values: Float64Array, ranks: readonly number[]): void {
  let state = 0x9e3779b9;
  const draw = (bound: number): number => {
    state ^= state << 13; // Marsaglia's xorshift
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % bound;
  };
  /** The median of three at random: nearer to the middle than one. */
  const pivotOf = (first: number, last: number): number => {
    const [a, b, c] = [0, 0, 0].map(() => values[first + draw(last - first + 1)]!) as [number, number, number];
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  };
  const select = (first: number, last: number, from: number, to: number): void => {
    while (from < to && first < last) {
      const [low, high] = partition(values, first, last, pivotOf(first, last));
      let middle = from; // ranks below the part that is greater
      while (middle < to && ranks[middle]! < high) middle++;
      let below = from; // ranks in the part that is less
      while (below < middle && ranks[below]! <= low) below++;
      select(first, low, from, below);
      [first, from] = [high, middle];
    }
  };
  select(0, values.length - 1, 0, ranks.length);
}

/** values[first … low] ≤ pivot ≤ values[high … last], and what lies between is the pivot. */
function partition(values: Float64Array, first: number, last: number, pivot: number): [low: number, high: number] {
  let [i, j] = [first, last];
  while (i <= j) {
    while (values[i]! < pivot) i++;
    while (values[j]! > pivot) j--;
    if (i > j) break;
    const held = values[i]!;
    values[i++] = values[j]!;
    values[j--] = held;
  }
  return [j, i];
}

/**
 * The quantiles at ascending `shares`, with linear interpolation between neighbours: Hyndman & Fan's type 7, NumPy's
 * default. Rearranges `values`, which must hold at least one and no NaN.
 */
export function quantilesOf(values: Float64Array, shares: readonly number[]): number[] {
  const places = shares.map((share) => share * (values.length - 1));
  const ranks = places.flatMap((place) => [Math.floor(place), Math.ceil(place)]);
  selectRanks(
    values,
    [...new Set(ranks)].sort((a, b) => a - b),
  );
  return places.map((place) => {
    const below = values[Math.floor(place)]!;
    const above = values[Math.ceil(place)]!;
    return below + (above - below) * (place - Math.floor(place));
  });
}
