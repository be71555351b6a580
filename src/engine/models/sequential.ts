/**
 * Any stack of layers, in order; each takes the shape that the one before it puts out. The last layer is the output where
 * it puts out exactly one value an output; where it does not, a dense layer that does is appended, so that a spec need not
 * know how many classes its data have. Where tokens are told, nothing is appended: the stack must end in the logits of each
 * position.
 */
import { type Static, Type } from '#typebox';
import { EngineError } from '../errors.js';
import { outputShapeOf } from '../graph.js';
import { LayerSpec } from '../layers/index.js';
import { shapeField } from '../layers/reshape.js';
import type { Resolved } from '../resolved.js';
import { hasTokenTargets } from '../shape.js';
import type { Model, NamedLayer } from './model.js';

/** ResNet-101 has some 350. A plan is work for each, and no spec may ask for more than milliseconds of it. */
const MAX_LAYERS = 384;

export const SequentialSpec = Type.Object(
  {
    type: Type.Literal('sequential'),
    inputShape: Type.Optional(shapeField),
    layers: Type.Array(LayerSpec, {
      minItems: 1,
      maxItems: 128,
      description: `From the input to the output; at most ${MAX_LAYERS}, those inside of residual blocks counted`,
    }),
  },
  { additionalProperties: false },
);
export type SequentialSpec = Static<typeof SequentialSpec>;

export const sequential: Model<Resolved<SequentialSpec>> = {
  layers({ inputShape: shape, layers }, { inputShape, tokens, outputs }) {
    checkCount(layers);
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

function checkCount(layers: readonly LayerSpec[]): void {
  const count = layers.reduce((sum, spec) => sum + (spec.type === 'residual' ? spec.layers.length : 1), 0);
  if (count <= MAX_LAYERS) return;
  const [path, expected] = ['/model/layers', `at most ${MAX_LAYERS} layers, those inside of residual blocks counted`];
  throw new EngineError('invalid_spec', `${path}: expected ${expected}, got ${count}`, { path, expected, got: count });
}
