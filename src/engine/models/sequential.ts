/**
 * Any stack of layers, in order; each takes the shape that the one before it puts out. The last layer is the output where
 * it puts out exactly one value an output; where it does not, a dense layer that does is appended, so that a spec need not
 * know how many classes its data have. Where tokens are told, nothing is appended: the stack must end in the logits of each
 * position.
 */
import { type Static, Type } from '#typebox';
import { outputShapeOf } from '../graph.js';
import { LayerSpec } from '../layers/index.js';
import { shapeField } from '../layers/reshape.js';
import type { Resolved } from '../resolved.js';
import { hasTokenTargets } from '../shape.js';
import type { Model, NamedLayer } from './model.js';

export const SequentialSpec = Type.Object(
  {
    type: Type.Literal('sequential'),
    inputShape: Type.Optional(shapeField),
    layers: Type.Array(LayerSpec, { minItems: 1, maxItems: 128, description: 'From the input to the output' }),
  },
  { additionalProperties: false },
);
export type SequentialSpec = Static<typeof SequentialSpec>;

export const sequential: Model<Resolved<SequentialSpec>> = {
  layers({ inputShape: shape, layers }, { inputShape, tokens, outputs }) {
    const input: NamedLayer[] =
      shape === undefined ? [] : [{ name: 'input', path: '/model/inputShape', spec: { type: 'reshape', shape } }];
    const named = layers.map(
      (spec, index): NamedLayer => ({ name: `layers.${index}`, path: `/model/layers/${index}`, spec }),
    );
    const stack = [...input, ...named];
    if (hasTokenTargets(tokens)) return stack;
    const outputShape = stack.reduce((below, layer) => outputShapeOf(layer, below), inputShape);
    if (outputShape.length === 1 && outputShape[0] === outputs) return stack;
    const path = '/model/layers';
    const flatten: NamedLayer = { name: 'flatten', path, spec: { type: 'flatten' } };
    const output: NamedLayer = {
      name: 'output',
      path,
      spec: { type: 'dense', units: outputs, activation: 'identity' },
    };
    return outputShape.length === 1 ? [...stack, output] : [...stack, flatten, output];
  },
};
