/** Thinning of a series for display: no spike may vanish, so every bucket keeps its least and its greatest value. */

/** `values[i]` was measured at `steps[i]`; steps ascend. */
export interface Points {
  steps: number[];
  values: number[];
}

/**
 * At most `maxPoints` (≥ 2) of the points: the first, the last, and of each of (maxPoints − 2) / 2 equal buckets between
 * them the least and the greatest. NaN is kept only where a bucket holds nothing else.
 */
export function thin(points: Points, maxPoints: number): Points {
  const count = points.steps.length;
  if (count <= maxPoints) return points;
  const inner = count - 2;
  const buckets = Math.floor((maxPoints - 2) / 2);
  const kept = [0];
  for (let bucket = 0; bucket < buckets; bucket++) {
    const start = 1 + Math.floor((bucket * inner) / buckets);
    const end = 1 + Math.floor(((bucket + 1) * inner) / buckets);
    const [least, greatest] = extremes(points.values, start, end);
    kept.push(Math.min(least, greatest));
    if (least !== greatest) kept.push(Math.max(least, greatest));
  }
  kept.push(count - 1);
  return { steps: kept.map((i) => points.steps[i]!), values: kept.map((i) => points.values[i]!) };
}

/** Where the least and the greatest of values[start…end) stand; `start` twice if all are NaN. */
function extremes(values: number[], start: number, end: number): [number, number] {
  let least = start;
  let greatest = start;
  for (let i = start + 1; i < end; i++) {
    const value = values[i]!;
    // A negated comparison is true for NaN on either side: then a number replaces it, and NaN replaces nothing.
    if (!Number.isNaN(value) && !(value >= values[least]!)) least = i;
    if (!Number.isNaN(value) && !(value <= values[greatest]!)) greatest = i;
  }
  return [least, greatest];
}
