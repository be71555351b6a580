/**
 * Logits of every token: y = x Wᵀ over the last axis, W [vocabulary, width] as an embedding has it, so that they can be one;
 * plus a bias of each token, where it is asked for.
 */
import { type Static, Type } from '#typebox';
import { normal, zeros } from '../initializers.js';
import { elementsOf } from '../shape.js';
import { EmbeddingSpec } from './embedding.js';
import type { Layer, LayerIo, ParameterSpec } from './layer.js';
import { emitBiasBackward } from './linear.js';
import { sequenceShape } from './sequence.js';

export const UnembeddingSpec = Type.Object(
  {
    type: Type.Literal('unembedding'),
    vocabulary: EmbeddingSpec.properties.vocabulary,
    bias: Type.Optional(Type.Boolean({ default: false })),
  },
  { additionalProperties: false },
);
export type UnembeddingSpec = Static<typeof UnembeddingSpec>;

const sizesOf = ({ rows, inputShape }: LayerIo) => ({
  positions: (rows * elementsOf(inputShape)) / inputShape.at(-1)!,
  width: inputShape.at(-1)!,
});

export const unembedding: Layer<UnembeddingSpec> = {
  outputShape: ({ vocabulary }, inputShape) => [sequenceShape('unembedding', inputShape)[0], vocabulary],
  parameters({ vocabulary, bias = false }, inputShape) {
    const shape = [vocabulary, inputShape.at(-1)!];
    const weight: ParameterSpec = { name: 'weight', shape, penalised: true, initializer: normal(0.02) };
    return bias ? [weight, { name: 'bias', shape: [vocabulary], penalised: false, initializer: zeros }] : [weight];
  },
  forward({ vocabulary, bias = false }, io, x) {
    const { positions, width } = sizesOf(io);
    const y = io.buffer('output', positions * vocabulary); // [rows, time, vocabulary]
    io.call('gemmNT', positions, vocabulary, width, x, width, io.parameter('weight'), width, y, vocabulary, 0);
    if (bias) io.call('biasIdentity', positions, vocabulary, y, io.parameter('bias'), y);
    return y;
  },
  // dW = dyᵀ x, db = Σ positions dy, dx = dy W
  backward({ vocabulary, bias = false }, io, { x, y, dy }) {
    const { positions, width } = sizesOf(io);
    const gradient = io.gradient('weight');
    io.call('gemmTN', vocabulary, width, positions, dy, vocabulary, x, width, gradient, width, io.accumulate);
    const sizes = { rows: positions, cols: vocabulary, bias: 'bias', activation: 'identity' } as const;
    if (bias) emitBiasBackward(io, sizes, { y, dz: dy });
    if (!io.needsInputGradient) return dy;
    const dx = io.buffer('inputGradient', positions * width);
    io.call('gemmNN', positions, width, vocabulary, dy, vocabulary, io.parameter('weight'), width, dx, width, 0);
    return dx;
  },
};
