/** y = x σ(x) (SiLU, or swish: Elfwing et al. 2018); its derivative is σ + x σ (1 − σ). */
import { type Static, Type } from '#typebox';
import { activationLayer, activations } from './activation.js';
import type { Layer } from './layer.js';

export const SiluSpec = Type.Object({ type: Type.Literal('silu') }, { additionalProperties: false });
export type SiluSpec = Static<typeof SiluSpec>;

export const silu: Layer<SiluSpec> = activationLayer(() => activations.silu);
