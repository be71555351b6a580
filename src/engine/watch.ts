/** Watches one metric for improvement: which weights are the best, and when waiting for better ones is over. */
import { metricModes } from './metrics/index.js';
import { type modes, type WatchedMetric, watchedName } from './metrics/watched.js';

/** Where a watch stands, as a checkpoint keeps it. */
export interface WatchState {
  /** Best value so far; null before the first. */
  readonly value: number | null;
  /** Step at which it was seen. */
  readonly step: number;
  /** Evaluations since. */
  readonly waited: number;
}

export interface WatchSpec {
  readonly metric: WatchedMetric;
  readonly mode: (typeof modes)[number];
  /** Least change that counts; 0: any. */
  readonly minDelta?: number;
}

export const unwatched: WatchState = { value: null, step: 0, waited: 0 };

/** The state after one more evaluation; `waited` is 0 exactly where it was an improvement, which a NaN or an infinity never is. */
export function watch(state: WatchState, spec: WatchSpec, at: { value: number; step: number }): WatchState {
  const sign = isMaximised(spec) ? 1 : -1;
  const isBetter = state.value === null || sign * (at.value - state.value) > (spec.minDelta ?? 0);
  const improved = isBetter && Number.isFinite(at.value);
  return improved ? { value: at.value, step: at.step, waited: 0 } : { ...state, waited: state.waited + 1 };
}

/** Whether more is better. */
export function isMaximised({ metric, mode }: Pick<WatchSpec, 'metric' | 'mode'>): boolean {
  return (mode === 'auto' ? metricModes[watchedName(metric)] : mode) === 'max';
}
