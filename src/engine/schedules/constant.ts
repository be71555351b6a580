/** The optimizer's learning rate at every step. */
import { type Static, Type } from '#typebox';
import type { Schedule } from './schedule.js';

export const ConstantSpec = Type.Object({ type: Type.Literal('constant') }, { additionalProperties: false });
export type ConstantSpec = Static<typeof ConstantSpec>;

export const constant: Schedule<ConstantSpec> = { rate: (_, { learningRate }) => learningRate };
