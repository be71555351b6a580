/**
 * y = f(W ∗ x + b): cross-correlation of rows [channels, height, width] with `filters` windows; weights are [filters,
 * channels, kernel, kernel]. Bias and ReLU are one pass over y.
 */
import { type Static, Type } from '#typebox';
import { zeros } from '../initializers.js';
import { elementsOf, type Shape } from '../shape.js';
import { batchParts } from '../threads/parts.js';
import { activationNames, activations } from './activation.js';
import type { Layer } from './layer.js';
import { emitColumnSums, emitZeros } from './sums.js';
import { InitializerSpec, weightsInitializer } from './weights.js';
import { kernelField, paddingField, strideField, windowedShape } from './window.js';

export const Conv2dSpec = Type.Object(
  {
    type: Type.Literal('conv2d'),
    filters: Type.Integer({ minimum: 1, maximum: 1_000_000, description: 'Channels that it puts out' }),
    kernel: kernelField,
    stride: strideField('1 where it is left out'),
    padding: paddingField,
    activation: Type.Optional(Type.Enum(['identity', ...activationNames], { default: 'identity' })),
    initializer: Type.Optional(InitializerSpec),
  },
  { additionalProperties: false },
);
export type Conv2dSpec = Static<typeof Conv2dSpec>;

/** The sizes in the order in which the kernels take them, and what follows from them. */
function sizesOf({ filters, kernel, stride = 1, padding = 0 }: Conv2dSpec, inputShape: Shape, outputShape: Shape) {
  const [channels, height, width] = inputShape as [number, number, number];
  const pixels = elementsOf(outputShape.slice(1));
  const taps = channels * kernel * kernel;
  return {
    sizes: [channels, height, width, filters, kernel, stride, padding] as const,
    pixels,
    columns: taps * pixels,
    weights: filters * taps,
  };
}

export const conv2d: Layer<Conv2dSpec> = {
  outputShape(spec, inputShape) {
    const { filters, kernel, stride = 1, padding = 0 } = spec;
    const [, height, width] = windowedShape('conv2d', { kernel, stride, padding }, inputShape);
    return [filters, height, width];
  },

  parameters({ filters, kernel, activation = 'identity', initializer: weights }, inputShape) {
    const channels = inputShape[0]!;
    const taps = channels * kernel * kernel;
    const fans = { activation, fanIn: taps, fanOut: filters * kernel * kernel };
    const initializer = weightsInitializer(weights, fans);
    return [
      { name: 'weight', shape: [filters, channels, kernel, kernel], penalised: true, initializer },
      { name: 'bias', shape: [filters], penalised: false, initializer: zeros },
    ];
  },

  forward(spec, io, x) {
    const { filters, activation = 'identity' } = spec;
    const { sizes, pixels, columns } = sizesOf(spec, io.inputShape, io.outputShape);
    const y = io.buffer('output', io.rows * filters * pixels); // [rows, filters, outHeight, outWidth]
    io.call(
      'conv2d',
      io.rows,
      ...sizes,
      x,
      io.parameter('weight'),
      y,
      io.buffer('columns', batchParts(io.rows) * columns),
    );
    const addBias = activation === 'relu' ? 'channelBiasRelu' : 'channelBias';
    io.call(addBias, io.rows, filters, pixels, y, io.parameter('bias'), y);
    if (activation !== 'identity' && activation !== 'relu') {
      activations[activation].apply(io, io.rows * filters * pixels, y, y);
    }
    if (activation !== 'identity') io.activated({ y, shape: io.outputShape, flat: activations[activation].flat });
    return y;
  },

  // dz = f′(z) dy, dW = Σ rows dz ⋆ x, db = Σ rows, pixels dz, dx = Wᵀ ∗ dz
  backward(spec, io, { x, y, dy }) {
    const { filters, activation = 'identity' } = spec;
    const { sizes, pixels, columns, weights } = sizesOf(spec, io.inputShape, io.outputShape);
    const dz = dy;
    const parts = batchParts(io.rows);
    const biasSums = emitZeros(io, 'biasSums', parts * filters);
    if (activation === 'relu') {
      io.call('channelBiasReluBackward', io.rows, filters, pixels, y, dy, dz, biasSums);
    } else {
      if (activation !== 'identity') activations[activation].backward(io, io.rows * filters * pixels, y, dz);
      io.call('channelSums', io.rows, filters, pixels, dz, biasSums);
    }
    emitColumnSums(io, { rows: parts, cols: filters }, { x: biasSums, gradient: io.gradient('bias') });
    const work = io.buffer('gradientColumns', parts * columns);
    if (io.learns('weight')) {
      const weightSums = emitZeros(io, 'weightSums', parts * weights); // [parts, filters, channels, kernel, kernel]
      io.call('conv2dBackwardWeight', io.rows, ...sizes, x, dz, weightSums, work);
      emitColumnSums(io, { rows: parts, cols: weights }, { x: weightSums, gradient: io.gradient('weight') });
    }
    if (!io.needsInputGradient) return dz;
    const dx = io.buffer('inputGradient', io.rows * elementsOf(io.inputShape)); // [rows, channels, height, width]
    io.call('conv2dBackwardInput', io.rows, ...sizes, io.parameter('weight'), dz, dx, work);
    return dx;
  },
};
