/** Rows of which something is said: how many, and the first of them for a person to look at. */
import type { RowsConcerned } from '../../schemas/profile.js';

const mostShown = 10;

/** `first` are row numbers from 0, as the dataset holds them. */
export type RowList = RowsConcerned;

export const rowList = (): RowList => ({ count: 0, first: [] });

export function noteRow(list: RowList, row: number): void {
  if (list.count++ < mostShown) list.first.push(row);
}
