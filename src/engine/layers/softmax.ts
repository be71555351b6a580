/**
 * y = softmax(x) over the last axis. Losses of classes take logits and have their own softmax: it is for within a model.
 */
import { type Static, Type } from '#typebox';
import { elementsOf } from '../shape.js';
import type { Layer, LayerIo } from './layer.js';

export const SoftmaxSpec = Type.Object({ type: Type.Literal('softmax') }, { additionalProperties: false });
export type SoftmaxSpec = Static<typeof SoftmaxSpec>;

/** Rows and columns of the matrix of all last axes. */
function sizeOf({ rows, inputShape }: LayerIo): [rows: number, cols: number] {
  const cols = inputShape.at(-1)!;
  return [(rows * elementsOf(inputShape)) / cols, cols];
}

export const softmax: Layer<SoftmaxSpec> = {
  outputShape: (_, inputShape) => inputShape,
  parameters: () => [],
  forward(_, io, x) {
    const y = io.buffer('output', io.rows * elementsOf(io.inputShape));
    io.call('softmax', ...sizeOf(io), x, y);
    return y;
  },
  // dx = y ∘ (dy − Σ dy y), over dy
  backward(_, io, { y, dy }) {
    io.call('softmaxBackward', ...sizeOf(io), y, dy, dy);
    return dy;
  },
};
