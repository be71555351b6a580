/** Series as the charts draw them: numbers by step, joined as they come, smoothed, on the axis of steps or of seconds. */

/** As the API has it: what JSON lacks is a word. */
export interface WireSeries {
  name: string;
  steps: number[];
  values: (number | string)[];
}

/** Values may be NaN or infinite. */
export interface Series {
  steps: number[];
  values: number[];
}

export type SeriesByName = ReadonlyMap<string, Series>;

/** `known` with what is new: a point of a step that is there already replaces it. */
export function joined(known: SeriesByName, news: readonly WireSeries[]): SeriesByName {
  if (!news.length) return known;
  const all = new Map(known);
  for (const { name, steps, values } of news) {
    const old = all.get(name);
    const from = steps[0] ?? 0;
    const kept = old ? firstAtLeast(old.steps, from) : 0;
    all.set(name, {
      steps: [...(old?.steps.slice(0, kept) ?? []), ...steps],
      values: [...(old?.values.slice(0, kept) ?? []), ...values.map(Number)],
    });
  }
  return all;
}

/**
 * The first step that may have more to tell: series are written at their own steps, so the one that is behind decides, among
 * those of the fit that is under way. The folds before it have ended.
 */
export function nextStep(series: SeriesByName): number {
  const last = [...series].map(([name, { steps }]) => ({ fold: nameParts(name).fold, step: steps.at(-1) ?? 0 }));
  const newest = last.reduce((a, b) => (b.step > a.step ? b : a), { fold: '', step: 0 });
  return Math.min(newest.step, ...last.filter(({ fold }) => fold === newest.fold).map(({ step }) => step));
}

/** Index of the first of rising `values` that is at least `least`; their number where none is. */
export function firstAtLeast(values: readonly number[], least: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Exponential moving average, m = βm + (1 − β)v, divided by 1 − βᵗ so that it does not begin at 0. What is not finite is left
 * out of it and stays as it is.
 */
export function smooth(values: readonly number[], beta: number): number[] {
  if (beta === 0) return [...values];
  let mean = 0;
  let weight = 0;
  return values.map((value) => {
    if (!Number.isFinite(value)) return value;
    mean = beta * mean + (1 - beta) * value;
    weight = beta * weight + (1 - beta);
    return mean / weight;
  });
}

/** Seconds of training at `steps`, linear between the points of `run.seconds` and level beyond them. */
export function secondsAt(clock: Series, steps: readonly number[]): number[] {
  return steps.map((step) => {
    const i = firstAtLeast(clock.steps, step);
    const [x0, y0] = [clock.steps[i - 1] ?? 0, clock.values[i - 1] ?? 0];
    const [x1, y1] = [clock.steps[i], clock.values[i]];
    if (x1 === undefined || y1 === undefined) return y0;
    return x1 === x0 ? y1 : y0 + ((step - x0) / (x1 - x0)) * (y1 - y0);
  });
}

export interface NameParts {
  /** Of a cross-validated job; empty otherwise, and of its last fit. */
  fold: string;
  split: string;
  metric: string;
}

/** `fold2.validation.loss` → fold2, validation, loss */
export function nameParts(name: string): NameParts {
  const [, fold = '', split = '', metric = ''] = /^(?:(fold\d+)\.)?([^.]*)\.(.*)$/.exec(name) ?? [];
  return { fold, split, metric };
}
