/** Several series on one axis, so that what stands side by side was measured at the same place. */

export interface Curve {
  /** Ascending. */
  x: readonly number[];
  values: readonly number[];
}

export interface Aligned {
  axis: number[];
  /** Of each curve, one value a place of the axis; null where it has none. */
  values: (number | null)[][];
}

/**
 * The axis is every place that a curve has, or, where they are more than `maxPoints`, the upper ends of as many equal
 * stretches; a curve's value there is its last within the stretch.
 */
export function align(curves: readonly Curve[], maxPoints: number): Aligned {
  const places = [...new Set(curves.flatMap(({ x }) => x))].sort((a, b) => a - b);
  const axis = places.length <= maxPoints ? places : upperEnds(places[0]!, places.at(-1)!, maxPoints);
  return { axis, values: curves.map((curve) => valuesAt(curve, axis)) };
}

const upperEnds = (from: number, to: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => (index + 1 === count ? to : from + ((to - from) * (index + 1)) / count));

function valuesAt({ x, values }: Curve, axis: readonly number[]): (number | null)[] {
  let next = 0;
  return axis.map((end) => {
    let last: number | null = null;
    for (; next < x.length && x[next]! <= end; next++) last = values[next]!;
    return last;
  });
}
