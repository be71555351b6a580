/** y = max(x, 0); its derivative is 1 where y > 0, else 0. */
import { type Static, Type } from '#typebox';
import { activationLayer, activations } from './activation.js';
import type { Layer } from './layer.js';

export const ReluSpec = Type.Object({ type: Type.Literal('relu') }, { additionalProperties: false });
export type ReluSpec = Static<typeof ReluSpec>;

export const relu: Layer<ReluSpec> = activationLayer(activations.relu);
