/**
 * Multi-head self-attention (Vaswani et al. 2017): query, key and value of each position from one product with packed
 * weights [width, 3 · width], heads side by side; softmax(q kᵀ / √headSize) v by head; then a projection [width, width].
 * Causal, a position sees itself and those before it. Where the sequences are padded, no position sees the padding. In
 * training a share of the probabilities may be dropped before they weigh the values.
 */
import { type Static, Type } from '#typebox';
import { EngineError } from '../errors.js';
import { xavier } from '../initializers.js';
import { maskWords } from '../kernels/attention.js';
import type { Pointer } from '../kernels/kernels.js';
import { batchParts } from '../threads/parts.js';
import { dropoutRate } from './dropout.js';
import type { Layer, LayerIo, Past } from './layer.js';
import { emitLinear, emitLinearBackward, type Linear, linearParameters } from './linear.js';
import { sequenceShape } from './sequence.js';

export const headsField = Type.Integer({ minimum: 1, maximum: 65_536, description: 'Must divide the width' });

export const AttentionSpec = Type.Object(
  {
    type: Type.Literal('attention'),
    heads: headsField,
    causal: Type.Optional(Type.Boolean({ default: false })),
    bias: Type.Optional(Type.Boolean({ default: true })),
    dropout: Type.Optional(
      Type.Number({ ...dropoutRate, default: 0, description: 'Of the probabilities, in training' }),
    ),
  },
  { additionalProperties: false },
);
export type AttentionSpec = Static<typeof AttentionSpec>;

type Part = Omit<Linear, 'rows'>;

const F32_BYTES = Float32Array.BYTES_PER_ELEMENT;

function partsOf({ bias = true }: AttentionSpec, width: number): { qkv: Part; projection: Part } {
  const part = (name: string, units: number): Part => ({
    inputs: width,
    units,
    weight: `${name}.weight`,
    bias: bias ? `${name}.bias` : null,
  });
  return { qkv: part('qkv', 3 * width), projection: part('projection', width) };
}

function sizesOf({ heads, causal = false }: AttentionSpec, { rows, inputShape }: LayerIo) {
  const [time, width] = inputShape as [number, number];
  const order: 0 | 1 = causal ? 1 : 0;
  return { sizes: [rows, heads, time, width / heads, order] as const, positions: rows * time, time, width };
}

/** Which probabilities were kept, a bit each, and room for those that are left. */
function dropoutOf({ heads, dropout = 0 }: AttentionSpec, io: LayerIo) {
  const [time] = io.inputShape as [number, number];
  if (!io.training || dropout === 0) return { rate: 0, keep: 0, dropped: 0 };
  return {
    rate: dropout,
    keep: io.buffer('keep', io.rows * heads * time * maskWords(time)), // [rows, heads, time, ⌈time / 16⌉]
    dropped: io.buffer('dropped', batchParts(io.rows) * time * time),
  };
}

/**
 * Causal attention of a single row's next positions: their queries, on the keys and values of these and of all before, which
 * stay where programs before wrote them.
 */
function forwardBehind(spec: AttentionSpec, io: LayerIo, { x, past }: { x: Pointer; past: Past }): Pointer {
  const [time, width] = io.inputShape as [number, number];
  const { qkv, projection } = partsOf(spec, width);
  const packed = 3 * width; // elements from one position to the next
  const headSize = width / spec.heads;
  const seen = past.positions + time;
  const cached = io.cache('qkv', past.context * packed); // [context, 3, heads, headSize]
  const own = cached + past.positions * packed * F32_BYTES;
  emitLinear(io, { ...qkv, rows: time }, { x, y: own });
  const scores = io.buffer('scores', time * past.context); // of one head: [time, seen], context from row to row
  const mixed = io.buffer('mixed', time * width); // [time, heads, headSize]
  for (let head = 0; head < spec.heads; head++) {
    const at = head * headSize * F32_BYTES;
    const [q, k, v] = [own + at, cached + width * F32_BYTES + at, cached + 2 * width * F32_BYTES + at];
    io.call('gemmNT', time, seen, headSize, q, packed, k, packed, scores, past.context, 0);
    io.call('attentionSoftmax', time, seen, past.context, past.positions + 1, 1 / Math.sqrt(headSize), 0, scores);
    io.call('gemmNN', time, headSize, seen, scores, past.context, v, packed, mixed + at, width, 0);
  }
  const y = io.buffer('output', time * width); // [time, width]
  emitLinear(io, { ...projection, rows: time }, { x: mixed, y });
  return y;
}

export const attention: Layer<AttentionSpec> = {
  outputShape({ heads }, inputShape) {
    const [, width] = sequenceShape('attention', inputShape);
    if (width % heads === 0) return inputShape;
    const [expected, got] = [`heads that divide the width ${width}`, `${heads} heads`];
    throw new EngineError('invalid_spec', `attention: expected ${expected}, got ${got}`, { expected, got });
  },

  parameters(spec, inputShape) {
    const width = inputShape[1]!;
    const { qkv, projection } = partsOf(spec, width);
    // The packed weights are three matrices [width, width].
    return [qkv, projection].flatMap((part) => linearParameters(part, xavier(width, width)));
  },

  forward(spec, io, x) {
    if (io.past !== null) return forwardBehind(spec, io, { x, past: io.past });
    const { sizes, positions, time, width } = sizesOf(spec, io);
    const { qkv, projection } = partsOf(spec, width);
    const packed = io.buffer('qkv', positions * 3 * width); // [rows, time, 3, heads, headSize]
    emitLinear(io, { ...qkv, rows: positions }, { x, y: packed });
    const probabilities = io.buffer('probabilities', io.rows * spec.heads * time * time); // [rows, heads, time, time]
    const mixed = io.buffer('mixed', positions * width); // [rows, time, heads, headSize]
    const { rate, keep, dropped } = dropoutOf(spec, io);
    const { key, step, stream } = io.random;
    const drawn = [rate, key, step, stream, 0, keep, dropped] as const;
    io.call('attention', ...sizes, io.keyMask, packed, probabilities, mixed, ...drawn);
    const y = io.buffer('output', positions * width); // [rows, time, width]
    emitLinear(io, { ...projection, rows: positions }, { x: mixed, y });
    return y;
  },

  // kernels/attention.ts and linear.ts have the derivatives
  backward(spec, io, { x, y, dy }) {
    const { sizes, positions, time, width } = sizesOf(spec, io);
    const { qkv, projection } = partsOf(spec, width);
    const packed = io.buffer('qkv', positions * 3 * width);
    const probabilities = io.buffer('probabilities', io.rows * spec.heads * time * time);
    const mixed = io.buffer('mixed', positions * width);
    const dMixed = io.buffer('mixedGradient', positions * width);
    emitLinearBackward(io, { ...projection, rows: positions }, { x: mixed, y, dy, dx: dMixed });
    const dPacked = io.buffer('qkvGradient', positions * 3 * width);
    const scores = io.buffer('scores', batchParts(io.rows) * time * time);
    const { rate, keep, dropped } = dropoutOf(spec, io);
    io.call('attentionBackward', ...sizes, packed, probabilities, dMixed, dPacked, scores, rate, keep, dropped);
    const dx = io.needsInputGradient ? io.buffer('inputGradient', positions * width) : null;
    emitLinearBackward(io, { ...qkv, rows: positions }, { x, y: packed, dy: dPacked, dx });
    return dx ?? dy;
  },
};
