/** y = x Φ(x), Φ the standard normal distribution function (Hendrycks & Gimpel 2016); its derivative is Φ + x φ. */
import { type Static, Type } from '#typebox';
import { activationLayer, activations } from './activation.js';
import type { Layer } from './layer.js';

export const GeluSpec = Type.Object({ type: Type.Literal('gelu') }, { additionalProperties: false });
export type GeluSpec = Static<typeof GeluSpec>;

export const gelu: Layer<GeluSpec> = activationLayer(() => activations.gelu);
