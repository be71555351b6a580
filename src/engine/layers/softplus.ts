/** y = log(1 + eˣ); its derivative is σ(x) = 1 − e⁻ʸ. */
import { type Static, Type } from '#typebox';
import { activationLayer, activations } from './activation.js';
import type { Layer } from './layer.js';

export const SoftplusSpec = Type.Object({ type: Type.Literal('softplus') }, { additionalProperties: false });
export type SoftplusSpec = Static<typeof SoftplusSpec>;

export const softplus: Layer<SoftplusSpec> = activationLayer(() => activations.softplus);
