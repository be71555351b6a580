/**
 * Dropout (Srivastava et al. 2014), inverted: in training each element is zeroed with probability `rate` and the others
 * are divided by 1 − rate; evaluation passes its input through untouched.
 */
import { type Static, Type } from '#typebox';
import { elementsOf } from '../shape.js';
import type { Layer, LayerIo } from './layer.js';

export const dropoutRate = {
  minimum: 0,
  exclusiveMaximum: 1,
  description: 'Probability of zeroing an element, to the nearest multiple of 2⁻¹⁶',
};

export const DropoutSpec = Type.Object(
  { type: Type.Literal('dropout'), rate: Type.Number(dropoutRate) },
  { additionalProperties: false },
);
export type DropoutSpec = Static<typeof DropoutSpec>;

export const dropout: Layer<DropoutSpec> = {
  outputShape: (_, inputShape) => inputShape,
  parameters: () => [],
  forward({ rate }, io, x) {
    if (!io.training || rate === 0) return x;
    const elements = io.rows * elementsOf(io.inputShape);
    const { key, step, stream } = io.random;
    const y = io.buffer('output', elements);
    io.call('dropout', elements, x, y, rate, key, step, stream, maskOf(io), 0);
    return y;
  },
  // dx = keep ∘ dy / (1 − rate), over dy
  backward({ rate }, io, { dy }) {
    if (rate > 0) io.call('dropoutBackward', io.rows * elementsOf(io.inputShape), dy, maskOf(io), dy, rate);
    return dy;
  },
};

/** A bit an element: drawing again would cost ten times what reading it does. */
const maskOf = (io: LayerIo) => io.buffer('mask', Math.ceil((io.rows * elementsOf(io.inputShape)) / 16));
