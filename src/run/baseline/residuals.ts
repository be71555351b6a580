/** How far a regression was off, on rows that no weight was fitted on: what a value's interval is made of. */
import { quantilesOf } from '../../data/quantiles.js';

const shares = Array.from({ length: 1001 }, (_, place) => place / 1000);

/** Quantiles of target − prediction at each thousandth. */
export const residualQuantiles = (residuals: Float64Array): number[] => quantilesOf(residuals, shares);

/** What to add to a prediction for the ends of an interval that holds the given share of the rows. */
export function intervalOf(quantiles: readonly number[], share: number): [low: number, high: number] {
  return [quantileAt(quantiles, (1 - share) / 2), quantileAt(quantiles, (1 + share) / 2)];
}

/** Linear between thousandths. */
function quantileAt(quantiles: readonly number[], share: number): number {
  const place = share * (quantiles.length - 1);
  const below = Math.min(Math.floor(place), quantiles.length - 2);
  return quantiles[below]! + (quantiles[below + 1]! - quantiles[below]!) * (place - below);
}
