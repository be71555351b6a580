/** The configurations of a sweep: which value each parameter takes in trial n, and the spec that this makes. */
import { Draws, streamNumber } from '../engine/index.js';
import type { ResolvedMethod, SweepParameter, SweepParameters } from '../schemas/sweep.js';
import { gridOf, placeOf, valueAt } from './parameters.js';
import { tokensOf, withValue } from './pointer.js';
import { proposeByTpe } from './tpe.js';

/** By JSON pointer. */
export type Configuration = Readonly<Record<string, unknown>>;

export interface Ended {
  parameters: Configuration;
  /** Less is better; Infinity where the trial failed. */
  cost: number;
}

interface Plan {
  parameters: SweepParameters;
  method: ResolvedMethod;
  seed: number;
}

/**
 * Configuration of trial `trial`: a function of the seed and the trial alone, and for tpe of the trials that had ended;
 * null past the end of a grid.
 */
export function configurationOf(
  { parameters, method, seed }: Plan,
  trial: number,
  ended: readonly Ended[],
): Configuration | null {
  const entries = Object.entries(parameters);
  if (method.type === 'grid') return gridPoint(entries, trial);
  const learns = method.type === 'tpe' && trial >= method.startTrials && ended.length > 0;
  const places = learns
    ? proposeByTpe(ended.map(ratedBy(parameters)), sizesOf(parameters), drawsOf(seed, trial, entries.length))
    : entries.map((_, index) => drawsOf(seed, trial, index).uniform());
  return Object.fromEntries(entries.map(([path, parameter], index) => [path, valueAt(parameter, places[index]!)]));
}

/** Points of a grid; null where a range is without `points`. */
export function gridSize(parameters: SweepParameters): number | null {
  const sizes = Object.values(parameters).map((parameter) => gridOf(parameter)?.length ?? null);
  return sizes.reduce((product, size) => (product === null || size === null ? null : product * size), 1);
}

/** The spec with the configuration's values; null where `path` of one of them is no place in it. */
export function configured(spec: unknown, configuration: Configuration): unknown {
  // What gets another type loses its fields, so types come before the fields that the new one is to have.
  const entries = Object.entries(configuration).sort(
    ([a], [b]) => Number(b.endsWith('/type')) - Number(a.endsWith('/type')),
  );
  return entries.reduce<unknown>((made, [path, value]) => withValue(made, tokensOf(path) ?? [], value), spec);
}

/** Places of a configuration, for what learns from it. */
export const ratedBy =
  (parameters: SweepParameters) =>
  ({ parameters: values, cost }: Ended) => ({
    places: Object.entries(parameters).map(([path, parameter]) => placeOf(parameter, values[path])),
    cost,
  });

/** Numbers of choices; null: a range. */
export const sizesOf = (parameters: SweepParameters): (number | null)[] =>
  Object.values(parameters).map((parameter) => (parameter.type === 'choice' ? parameter.values.length : null));

const drawsOf = (seed: number, trial: number, use: number): Draws => new Draws(seed, streamNumber('sweep', use), trial);

/** The last parameter changes fastest. */
function gridPoint(entries: readonly [string, SweepParameter][], trial: number): Configuration | null {
  let rest = trial;
  const values: [string, unknown][] = [];
  for (const [path, parameter] of [...entries].reverse()) {
    const choices = gridOf(parameter);
    if (choices === null) throw new Error(`${path}: a grid over a range without points`); // refused when it was posted
    values.unshift([path, choices[rest % choices.length]]);
    rest = Math.floor(rest / choices.length);
  }
  return rest === 0 ? Object.fromEntries(values) : null;
}
