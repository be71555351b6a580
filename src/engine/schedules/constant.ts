/** The optimizer's learning rate at every step. */
import { type Static, Type } from '#typebox';
import type { Schedule } from './schedule.js';
import { warmupField } from './warmup.js';

export const ConstantSpec = Type.Object(
  { type: Type.Literal('constant'), warmup: warmupField },
  { additionalProperties: false },
);
export type ConstantSpec = Static<typeof ConstantSpec>;

export const constant: Schedule<object> = { rate: (_, { learningRate }) => learningRate };
