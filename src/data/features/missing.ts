/** What stands for a missing value: fitted to the values of the training split that are there. */
import type { CategoryFill, NumberFill, ResolvedSettings } from '../../schemas/preparation-spec.js';
import { meanOf, mode, quantiles } from './statistics.js';

type MissingSpec = ResolvedSettings['missing'];
type Of<Spec extends { type: string }, Type> = Extract<Spec, { type: Type }>;

const numbers: { [Type in NumberFill['type']]: (values: Float64Array, spec: Of<NumberFill, Type>) => number } = {
  mean: meanOf,
  median: (values) => quantiles(values, [0.5])[0]!,
  mostFrequent: mode,
  constant: (_, { value }) => value,
};

/** null: there is no filling in. */
export function fitNumberFill(values: Float64Array, missing: MissingSpec): number | null {
  if (missing.type === 'drop') return null;
  const { numbers: spec } = missing;
  return (numbers[spec.type] as (values: Float64Array, spec: NumberFill) => number)(values, spec);
}

type Counts = ReadonlyMap<string, number>;

const categories: { [Type in CategoryFill['type']]: (counts: Counts, spec: Of<CategoryFill, Type>) => string | null } =
  {
    mostFrequent,
    constant: (_, { value }) => value,
  };

/** `counts`: rows of each value that some row has, sorted. null: there is no filling in, or nothing to fill in. */
export function fitCategoryFill(counts: Counts, missing: MissingSpec): string | null {
  if (missing.type === 'drop') return null;
  const { categories: spec } = missing;
  return (categories[spec.type] as (counts: Counts, spec: CategoryFill) => string | null)(counts, spec);
}

/** The first on a tie; null if there is no value. */
export function mostFrequent(counts: Counts): string | null {
  const most = Math.max(...counts.values());
  return [...counts].find(([, count]) => count === most)?.[0] ?? null;
}

/** Whether a column gets an input that says so where its value is missing. */
export const indicates = (missing: MissingSpec, someMissing: boolean): boolean =>
  missing.type === 'impute' && missing.indicator && someMissing;
