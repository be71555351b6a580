/** A vector for each token: y[t,:] = weight[token[t],:] for rows of int32 [time]; weights [vocabulary, width]. */
import { type Static, Type } from '#typebox';
import { EngineError } from '../errors.js';
import { normal } from '../initializers.js';
import { elementsOf } from '../shape.js';
import type { Layer } from './layer.js';

export const widthField = Type.Integer({ minimum: 1, maximum: 1_000_000, description: 'Elements of a vector' });

export const vocabularyField = Type.Integer({ minimum: 1, maximum: 16_777_216, description: 'Tokens there are' });

export const EmbeddingSpec = Type.Object(
  {
    type: Type.Literal('embedding'),
    vocabulary: vocabularyField,
    width: widthField,
  },
  { additionalProperties: false },
);
export type EmbeddingSpec = Static<typeof EmbeddingSpec>;

export const embedding: Layer<EmbeddingSpec> = {
  outputShape({ width }, inputShape) {
    if (inputShape.length === 1) return [inputShape[0]!, width];
    const [expected, got] = ['[time]', `[${inputShape.join(', ')}]`];
    throw new EngineError('invalid_spec', `embedding: expected rows of shape ${expected}, got ${got}`, {
      expected,
      got,
    });
  },
  parameters({ vocabulary, width }) {
    return [{ name: 'weight', shape: [vocabulary, width], penalised: true, initializer: normal(0.02) }];
  },
  forward({ width }, io, x) {
    const tokens = io.rows * elementsOf(io.inputShape);
    const y = io.buffer('output', tokens * width); // [rows, time, width]
    io.call('gatherRows', tokens, width, io.parameter('weight'), width, x, y);
    return y;
  },
  // dW[token[t],:] += dy[t,:]; tokens have no gradient
  backward({ vocabulary, width }, io, { x, dy }) {
    const gradient = io.gradient('weight');
    if (io.accumulate === 0) io.call('fill', vocabulary * width, gradient, 0);
    io.call('scatterRows', io.rows * elementsOf(io.inputShape), width, dy, x, gradient);
    return dy;
  },
};
