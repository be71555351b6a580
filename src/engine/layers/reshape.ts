/** Rows of n numbers as rows of another shape of n: how the columns of a table become images. Nothing moves. */
import { type Static, Type } from '#typebox';
import { EngineError } from '../errors.js';
import { elementsOf } from '../shape.js';
import type { Layer } from './layer.js';

export const shapeField = Type.Array(Type.Integer({ minimum: 1, maximum: 1_000_000 }), {
  minItems: 1,
  maxItems: 3,
  description: 'Of a row: [channels, height, width] for images',
});

export const ReshapeSpec = Type.Object(
  { type: Type.Literal('reshape'), shape: shapeField },
  { additionalProperties: false },
);
export type ReshapeSpec = Static<typeof ReshapeSpec>;

export const reshape: Layer<ReshapeSpec> = {
  outputShape({ shape }, inputShape) {
    const [expected, got] = [elementsOf(shape), elementsOf(inputShape)];
    if (expected === got) return shape;
    const message = `reshape: [${shape.join(', ')}] takes ${expected} numbers a row, got ${got}`;
    throw new EngineError('invalid_spec', message, { expected, got });
  },
  parameters: () => [],
  forward: (_spec, _io, x) => x,
  backward: (_spec, _io, { dy }) => dy,
};
