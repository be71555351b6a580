/** y = tanh(x); its derivative is 1 − y². */
import { type Static, Type } from '#typebox';
import { activationLayer, activations } from './activation.js';
import type { Layer } from './layer.js';

export const TanhSpec = Type.Object({ type: Type.Literal('tanh') }, { additionalProperties: false });
export type TanhSpec = Static<typeof TanhSpec>;

export const tanh: Layer<TanhSpec> = activationLayer(activations.tanh);
