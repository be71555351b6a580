/** y = σ(x) = 1 / (1 + e⁻ˣ); its derivative is y (1 − y). */
import { type Static, Type } from '#typebox';
import { activationLayer, activations } from './activation.js';
import type { Layer } from './layer.js';

export const SigmoidSpec = Type.Object({ type: Type.Literal('sigmoid') }, { additionalProperties: false });
export type SigmoidSpec = Static<typeof SigmoidSpec>;

export const sigmoid: Layer<SigmoidSpec> = activationLayer(activations.sigmoid);
