/** Which columns a job learns from, and how wide they become at most. */
import type { ColumnInfo } from '../schemas/dataset.js';

/** The part of a dataset spec that chooses columns. */
export interface ColumnChoice {
  target: string;
  ignore: readonly string[];
}

/** The columns that are neither the target nor ignored, in the dataset's order. */
export function featureColumns<Info extends Pick<ColumnInfo, 'name'>>(
  columns: readonly Info[],
  { target, ignore }: ColumnChoice,
): Info[] {
  const left = new Set([target, ...ignore]);
  return columns.filter(({ name }) => !left.has(name));
}

/**
 * Upper bound of the inputs that the chosen columns become: a category is one-hot over the values that the training split
 * holds, every other column is one input.
 */
export function estimateInputs(columns: readonly ColumnInfo[], choice: ColumnChoice): number {
  return featureColumns(columns, choice).reduce(
    (sum, { type, distinct }) => sum + (type === 'category' ? distinct : 1),
    0,
  );
}
