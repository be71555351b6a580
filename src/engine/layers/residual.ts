/**
 * y = x + f(x), f a few layers (He et al. 2016): what each learns is a correction, and the gradient has a way past it.
 * Its layers are numbered: their parameters are `0.weight`, `1.qkv.weight`, …
 */
import { type Static, Type } from '#typebox';
import { EngineError } from '../errors.js';
import type { Pointer } from '../kernels/kernels.js';
import { elementsOf, type Shape } from '../shape.js';
import type { Layer, LayerIo } from './layer.js';
import { LeafSpec, leafOf } from './leaves.js';

export const ResidualSpec = Type.Object(
  {
    type: Type.Literal('residual'),
    layers: Type.Array(LeafSpec, { minItems: 1, maxItems: 64, description: 'Must leave the shape as it is' }),
  },
  { additionalProperties: false },
);
export type ResidualSpec = Static<typeof ResidualSpec>;

/** Shapes of the branch: the input of each layer, then the output of the last. */
function shapesOf({ layers }: ResidualSpec, inputShape: Shape): Shape[] {
  const shapes = [inputShape];
  for (const spec of layers) shapes.push(leafOf(spec).outputShape(spec, shapes.at(-1)!));
  return shapes;
}

/** What the layer at `index` of the branch sees of the program. */
function branchIo(io: LayerIo, shapes: readonly Shape[], index: number, learnsBelow: boolean): LayerIo {
  const prefixed = (name: string) => `${index}.${name}`;
  return {
    ...io,
    inputShape: shapes[index]!,
    outputShape: shapes[index + 1]!,
    needsInputGradient: io.needsInputGradient || learnsBelow,
    // Layers of the stack are fewer than 2¹⁶: streams of the branch lie above theirs.
    random: { ...io.random, stream: io.random.stream + (index + 1) * 2 ** 16 },
    parameter: (name) => io.parameter(prefixed(name)),
    gradient: (name) => io.gradient(prefixed(name)),
    learns: (name) => io.learns(prefixed(name)),
    correction: (name) => io.correction(prefixed(name)),
    buffer: (name, elements) => io.buffer(prefixed(name), elements),
    cache: (name, elements) => io.cache(prefixed(name), elements),
    activated: (activation) => io.activated({ ...activation, inner: `${index}` }),
  };
}

function branchIos(spec: ResidualSpec, io: LayerIo): LayerIo[] {
  const shapes = shapesOf(spec, io.inputShape);
  const lowest = spec.layers.findIndex((layer, at) => leafOf(layer).parameters(layer, shapes[at]!).length > 0);
  return spec.layers.map((_, index) => branchIo(io, shapes, index, lowest >= 0 && lowest < index));
}

/** What backward finds again of the forward that was emitted with the same LayerIo: of each layer its io, its input, its output. */
const branches = new WeakMap<LayerIo, { ios: LayerIo[]; values: Pointer[] }>();

export const residual: Layer<ResidualSpec> = {
  minRows(spec, inputShape) {
    const shapes = shapesOf(spec, inputShape);
    return Math.max(...spec.layers.map((layer, index) => leafOf(layer).minRows?.(layer, shapes[index]!) ?? 1));
  },

  outputShape(spec, inputShape) {
    const [expected, got] = [inputShape, shapesOf(spec, inputShape).at(-1)!].map((shape) => `[${shape.join(', ')}]`);
    if (expected === got) return inputShape;
    const message = `residual: expected layers that lead from ${expected} to itself, got ${got}`;
    throw new EngineError('invalid_spec', message, { expected, got });
  },

  parameters(spec, inputShape) {
    const shapes = shapesOf(spec, inputShape);
    return spec.layers.flatMap((layer, index) =>
      leafOf(layer)
        .parameters(layer, shapes[index]!)
        .map((parameter) => ({ ...parameter, name: `${index}.${parameter.name}` })),
    );
  },

  forward(spec, io, x) {
    const ios = branchIos(spec, io);
    const values = [x];
    spec.layers.forEach((layer, index) => {
      values.push(leafOf(layer).forward(layer, ios[index]!, values[index]!));
    });
    branches.set(io, { ios, values });
    const elements = io.rows * elementsOf(io.inputShape);
    const y = io.buffer('output', elements);
    io.call('add', elements, x, values.at(-1)!, y);
    return y;
  },

  // dx = dy + f′(x)ᵀ dy; the branch gets a copy of dy, which its layers may overwrite
  backward(spec, io, { dy }) {
    const elements = io.rows * elementsOf(io.inputShape);
    let branchGradient = io.buffer('branchGradient', elements);
    io.call('copy', elements, dy, branchGradient);
    const { ios, values } = branches.get(io)!;
    for (let index = spec.layers.length - 1; index >= 0; index--) {
      const layer = spec.layers[index]!;
      const [x, y] = [values[index]!, values[index + 1]!];
      branchGradient = leafOf(layer).backward(layer, ios[index]!, { x, y, dy: branchGradient });
    }
    if (io.needsInputGradient) io.call('add', elements, dy, branchGradient, dy);
    return dy;
  },
};
