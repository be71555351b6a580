/** Rows of any shape as rows of shape [elements]. Nothing moves. */
import { type Static, Type } from '#typebox';
import { elementsOf } from '../shape.js';
import type { Layer } from './layer.js';

export const FlattenSpec = Type.Object({ type: Type.Literal('flatten') }, { additionalProperties: false });
export type FlattenSpec = Static<typeof FlattenSpec>;

export const flatten: Layer<FlattenSpec> = {
  outputShape: (_, inputShape) => [elementsOf(inputShape)],
  parameters: () => [],
  forward: (_spec, _io, x) => x,
  backward: (_spec, _io, { dy }) => dy,
};
