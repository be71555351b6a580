/**
 * Dropout (Srivastava et al. 2014), inverted: in training each element is zeroed with probability `rate` and the others
 * are divided by 1 − rate; evaluation passes its input through untouched.
 */
import { type Static, Type } from '#typebox';
import { elementsOf } from '../shape.js';
import type { Layer, LayerIo } from './layer.js';

export const dropoutRate = { minimum: 0, exclusiveMaximum: 1, description: 'Probability of zeroing an element' };

export const DropoutSpec = Type.Object(
  { type: Type.Literal('dropout'), rate: Type.Number(dropoutRate) },
  { additionalProperties: false },
);
export type DropoutSpec = Static<typeof DropoutSpec>;

/** y = keep ∘ x / (1 − rate). The mask is not kept: it is a function of (key, step, stream, element), made again by the same call. */
function emitMask({ rate }: DropoutSpec, io: LayerIo, x: number, y: number): void {
  const { key, step, stream } = io.random;
  io.call('dropout', io.rows * elementsOf(io.inputShape), x, y, rate, key, step, stream);
}

export const dropout: Layer<DropoutSpec> = {
  outputShape: (_, inputShape) => inputShape,
  parameters: () => [],
  forward(spec, io, x) {
    if (!io.training || spec.rate === 0) return x;
    const y = io.buffer('output', io.rows * elementsOf(io.inputShape));
    emitMask(spec, io, x, y);
    return y;
  },
  // dx = keep ∘ dy / (1 − rate), over dy
  backward(spec, io, { dy }) {
    if (spec.rate > 0) emitMask(spec, io, dy, dy);
    return dy;
  },
};
