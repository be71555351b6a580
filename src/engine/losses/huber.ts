/** Huber's loss (1964): half the squared error up to `delta`, and from there on a line with the slope that it has there. */
import { type Static, Type } from '#typebox';
import type { Resolved } from '../resolved.js';
import type { Loss } from './loss.js';

export const HuberSpec = Type.Object(
  {
    type: Type.Literal('huber'),
    delta: Type.Optional(
      Type.Number({ exclusiveMinimum: 0, maximum: 1e6, default: 1, description: 'Error from which on it is a line' }),
    ),
  },
  { additionalProperties: false },
);
export type HuberSpec = Static<typeof HuberSpec>;

export const huber: Loss<Resolved<HuberSpec>> = {
  task: 'regression',
  targets: 'values',
  width: (outputs) => outputs,
  // d/dp = p − t, clamped to ±delta, over the columns
  emit({ delta }, { rows, width, prediction, targets, gradient, sum, call }) {
    call('huberError', rows, width, prediction, targets, gradient, sum, delta);
  },
  emitActivation() {},
};
