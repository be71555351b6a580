/** y[t,:] = x[t,:] + weight[t,:], a vector that is learnt for each place in a sequence; weights [context, width]. */
import { type Static, Type } from '#typebox';
import { EngineError } from '../errors.js';
import { normal } from '../initializers.js';
import { elementsOf } from '../shape.js';
import type { Layer } from './layer.js';
import { sequenceShape } from './sequence.js';

export const contextField = Type.Integer({
  minimum: 1,
  maximum: 1_000_000,
  description: 'Tokens of the longest sequence',
});

export const PositionEmbeddingSpec = Type.Object(
  { type: Type.Literal('positionEmbedding'), context: contextField },
  { additionalProperties: false },
);
export type PositionEmbeddingSpec = Static<typeof PositionEmbeddingSpec>;

export const positionEmbedding: Layer<PositionEmbeddingSpec> = {
  outputShape({ context }, inputShape) {
    const [time] = sequenceShape('positionEmbedding', inputShape);
    if (time <= context) return inputShape;
    const [expected, got] = [`sequences of at most ${context}`, time];
    throw new EngineError('invalid_spec', `positionEmbedding: expected ${expected}, got ${got}`, { expected, got });
  },
  parameters({ context }, inputShape) {
    return [{ name: 'weight', shape: [context, inputShape[1]!], penalised: true, initializer: normal(0.02) }];
  },
  // To the whole row the weights are a bias.
  forward(_, io, x) {
    const elements = elementsOf(io.inputShape);
    const y = io.buffer('output', io.rows * elements); // [rows, time, width]
    const first = (io.past?.positions ?? 0) * io.inputShape[1]! * Float32Array.BYTES_PER_ELEMENT;
    io.call('biasIdentity', io.rows, elements, x, io.parameter('weight') + first, y);
    return y;
  },
  // dW = Σ rows dy, dx = dy
  backward({ context }, io, { dy }) {
    const gradient = io.gradient('weight');
    if (io.accumulate === 0) io.call('fill', context * io.inputShape[1]!, gradient, 0);
    io.call('columnSums', io.rows, elementsOf(io.inputShape), dy, gradient);
    return dy;
  },
};
