/** GELU as GPT-2 has it: y = x (1 + tanh u) / 2, u = √(2/π) (x + 0.044715 x³). */
import { type Static, Type } from '#typebox';
import { activationLayer, activations } from './activation.js';
import type { Layer } from './layer.js';

export const GeluTanhSpec = Type.Object({ type: Type.Literal('geluTanh') }, { additionalProperties: false });
export type GeluTanhSpec = Static<typeof GeluTanhSpec>;

export const geluTanh: Layer<GeluTanhSpec> = activationLayer(() => activations.geluTanh);
