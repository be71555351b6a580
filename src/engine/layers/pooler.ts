/**
 * BERT's pooler: y = tanh(x[0,:] W + b), a dense layer on the first position of each sequence, whose token stands for the
 * whole; weights [width, width].
 */
import { type Static, Type } from '#typebox';
import { xavier } from '../initializers.js';
import { elementsOf } from '../shape.js';
import type { Layer, LayerIo } from './layer.js';
import { emitLinear, emitLinearBackward, type Linear, linearParameters } from './linear.js';
import { sequenceShape } from './sequence.js';

export const PoolerSpec = Type.Object({ type: Type.Literal('pooler') }, { additionalProperties: false });
export type PoolerSpec = Static<typeof PoolerSpec>;

const linearOf = (width: number) =>
  ({ inputs: width, units: width, weight: 'weight', bias: 'bias', activation: 'tanh' }) as const;

/** The first position's rows lie a whole sequence apart. */
function stridedOf({ rows, inputShape }: LayerIo): Linear {
  return { ...linearOf(inputShape[1]!), rows, stride: elementsOf(inputShape) };
}

export const pooler: Layer<PoolerSpec> = {
  outputShape: (_, inputShape) => [sequenceShape('pooler', inputShape)[1]],
  parameters(_, inputShape) {
    const width = inputShape[1]!;
    return linearParameters(linearOf(width), xavier(width, width));
  },
  forward(_, io, x) {
    const y = io.buffer('output', io.rows * io.inputShape[1]!); // [rows, width]
    emitLinear(io, stridedOf(io), { x, y });
    return y;
  },
  // dx is 0 but at the first position; linear.ts has the derivative there
  backward(_, io, { x, y, dy }) {
    const elements = io.rows * elementsOf(io.inputShape);
    const dx = io.needsInputGradient ? io.buffer('inputGradient', elements) : null; // [rows, time, width]
    if (dx !== null) io.call('fill', elements, dx, 0);
    emitLinearBackward(io, stridedOf(io), { x, y, dy, dx });
    return dx ?? dy;
  },
};
