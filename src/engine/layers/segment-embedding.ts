/**
 * y = x + weight[0,:] at each position: BERT's vectors for the first and second of two texts (Devlin et al. 2019), weights
 * [2, width], for rows that are one text, which is always the first.
 */
import { type Static, Type } from '#typebox';
import { normal } from '../initializers.js';
import type { Layer, LayerIo } from './layer.js';
import { sequenceShape } from './sequence.js';

export const SegmentEmbeddingSpec = Type.Object(
  { type: Type.Literal('segmentEmbedding') },
  { additionalProperties: false },
);
export type SegmentEmbeddingSpec = Static<typeof SegmentEmbeddingSpec>;

const SEGMENTS = 2;

function sizesOf({ rows, inputShape }: LayerIo): { positions: number; width: number } {
  const [time, width] = inputShape as [number, number];
  return { positions: rows * time, width };
}

export const segmentEmbedding: Layer<SegmentEmbeddingSpec> = {
  outputShape(_, inputShape) {
    sequenceShape('segmentEmbedding', inputShape);
    return inputShape;
  },
  parameters(_, inputShape) {
    return [{ name: 'weight', shape: [SEGMENTS, inputShape[1]!], penalised: true, initializer: normal(0.02) }];
  },
  forward(_, io, x) {
    const { positions, width } = sizesOf(io);
    const y = io.buffer('output', positions * width); // [rows, time, width]
    io.call('biasIdentity', positions, width, x, io.parameter('weight'), y);
    return y;
  },
  // dW[0,:] = Σ positions dy, dW[1,:] = 0, dx = dy
  backward(_, io, { dy }) {
    const { positions, width } = sizesOf(io);
    if (io.accumulate === 0) io.call('fill', SEGMENTS * width, io.gradient('weight'), 0);
    io.call('columnSums', positions, width, dy, io.gradient('weight'));
    return dy;
  },
};
