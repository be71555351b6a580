/** The rate falls by a factor every so many updates: α · factor^⌊step / stepSize⌋. */
import { type Static, Type } from '#typebox';
import type { Resolved } from '../resolved.js';
import type { Schedule } from './schedule.js';
import { warmupField } from './warmup.js';

export const StepSpec = Type.Object(
  {
    type: Type.Literal('step'),
    stepSize: Type.Integer({ minimum: 1, maximum: 1_000_000_000, description: 'Updates between two falls' }),
    factor: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 1, default: 0.1 })),
    warmup: warmupField,
  },
  { additionalProperties: false },
);
export type StepSpec = Static<typeof StepSpec>;

export const step: Schedule<Resolved<StepSpec>> = {
  rate: ({ stepSize, factor }, at) => at.learningRate * factor ** Math.floor(at.step / stepSize),
};
