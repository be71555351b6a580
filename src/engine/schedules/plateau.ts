/**
 * Reduces the rate by a factor each time that a metric of the validation split has not improved for `patience` evaluations,
 * and then waits as long again. Without validation rows it stays as it is.
 */
import { type Static, Type } from '#typebox';
import { modes, watchedMetrics } from '../metrics/watched.js';
import type { Resolved } from '../resolved.js';
import { unwatched, type WatchState, watch } from '../watch.js';
import type { Schedule } from './schedule.js';
import { warmupField } from './warmup.js';

export const PlateauSpec = Type.Object(
  {
    type: Type.Literal('plateau'),
    factor: Type.Optional(Type.Number({ exclusiveMinimum: 0, exclusiveMaximum: 1, default: 0.1 })),
    patience: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 1_000_000, default: 10, description: 'Evaluations without improvement' }),
    ),
    minDelta: Type.Optional(
      Type.Number({ minimum: 0, maximum: 1e30, default: 0, description: 'Least change that counts as an improvement' }),
    ),
    minimum: Type.Optional(Type.Number({ minimum: 0, maximum: 1e30, default: 0, description: 'Least learning rate' })),
    metric: Type.Optional(Type.Enum(watchedMetrics, { default: 'validation.loss' })),
    mode: Type.Optional(Type.Enum(modes, { default: 'auto', description: 'auto: as the metric has it' })),
    warmup: warmupField,
  },
  { additionalProperties: false },
);
export type PlateauSpec = Static<typeof PlateauSpec>;

/** Where it stands, as a checkpoint keeps it. */
export interface PlateauState {
  readonly watch: WatchState;
  /** Times that the rate was reduced. */
  readonly reductions: number;
}

export const startPlateau: PlateauState = { watch: unwatched, reductions: 0 };

/** The state after one more evaluation. */
export function watchPlateau(
  { watch: before, reductions }: PlateauState,
  spec: Resolved<PlateauSpec>,
  at: { value: number; step: number },
): PlateauState {
  const after = watch(before, spec, at);
  if (after.waited < spec.patience) return { watch: after, reductions };
  return { watch: { ...after, waited: 0 }, reductions: reductions + 1 };
}

export const plateau: Schedule<Resolved<PlateauSpec>> = {
  rate: ({ factor, minimum }, { learningRate, reductions }) =>
    Math.max(learningRate * factor ** reductions, Math.min(minimum, learningRate)),
};
