/** y = log softmax(x) = x − log Σ exp(x) over the last axis: for within a model, as softmax. */
import { type Static, Type } from '#typebox';
import { elementsOf } from '../shape.js';
import type { Layer, LayerIo } from './layer.js';

export const LogSoftmaxSpec = Type.Object({ type: Type.Literal('logSoftmax') }, { additionalProperties: false });
export type LogSoftmaxSpec = Static<typeof LogSoftmaxSpec>;

/** Rows and columns of the matrix of all last axes. */
function sizeOf({ rows, inputShape }: LayerIo): [rows: number, cols: number] {
  const cols = inputShape.at(-1)!;
  return [(rows * elementsOf(inputShape)) / cols, cols];
}

export const logSoftmax: Layer<LogSoftmaxSpec> = {
  outputShape: (_, inputShape) => inputShape,
  parameters: () => [],
  forward(_, io, x) {
    const y = io.buffer('output', io.rows * elementsOf(io.inputShape));
    io.call('logSoftmax', ...sizeOf(io), x, y);
    return y;
  },
  // dx = dy − exp(y) Σ dy, over dy
  backward(_, io, { y, dy }) {
    io.call('logSoftmaxBackward', ...sizeOf(io), y, dy, dy);
    return dy;
  },
};
