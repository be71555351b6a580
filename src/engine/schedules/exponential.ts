/** The rate falls by a factor at every update: α · factor^step. */
import { type Static, Type } from '#typebox';
import type { Resolved } from '../resolved.js';
import type { Schedule } from './schedule.js';
import { warmupField } from './warmup.js';

export const ExponentialSpec = Type.Object(
  {
    type: Type.Literal('exponential'),
    factor: Type.Number({ exclusiveMinimum: 0, maximum: 1 }),
    warmup: warmupField,
  },
  { additionalProperties: false },
);
export type ExponentialSpec = Static<typeof ExponentialSpec>;

export const exponential: Schedule<Resolved<ExponentialSpec>> = {
  rate: ({ factor }, at) => at.learningRate * factor ** at.step,
};
