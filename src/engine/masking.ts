/** How many tokens of a row are masked for the model to restore: 15 %, and one at least where there is one (Devlin et al. 2019). */
import type { TokenShape } from './shape.js';

export const chosenOf = (ordinary: number): number =>
  ordinary === 0 ? 0 : Math.max(1, Math.floor((15 * ordinary + 50) / 100));

/** The same of a row of `count` tokens from `first` on: known before any is drawn. */
export function chosenInRow(
  tokens: Int32Array,
  { first, count }: { first: number; count: number },
  { firstOrdinary }: NonNullable<TokenShape['mask']>,
): number {
  let ordinary = 0;
  for (let at = first; at < first + count; at++) if (tokens[at]! >= firstOrdinary) ordinary++;
  return chosenOf(ordinary);
}
