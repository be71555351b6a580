/**
 * Layer normalisation (Ba et al. 2016) over the last axis: y = γ x̂ + β, x̂ = (x − mean) / √(variance + ε), the variance
 * biased. γ starts at 1, β at 0; neither is penalised.
 */
import { type Static, Type } from '#typebox';
import { ones, zeros } from '../initializers.js';
import { elementsOf } from '../shape.js';
import { rowParts } from '../threads/parts.js';
import type { Layer, LayerIo, ParameterSpec } from './layer.js';
import { emitColumnSums, emitZeros } from './sums.js';

export const epsilonField = { exclusiveMinimum: 0, maximum: 1, default: 1e-5 };

export const LayerNormSpec = Type.Object(
  {
    type: Type.Literal('layerNorm'),
    epsilon: Type.Optional(Type.Number(epsilonField)),
    bias: Type.Optional(Type.Boolean({ default: true })),
  },
  { additionalProperties: false },
);
export type LayerNormSpec = Static<typeof LayerNormSpec>;

/** Rows and columns of the matrix of all last axes. */
function sizeOf({ rows, inputShape }: LayerIo): { rows: number; cols: number } {
  const cols = inputShape.at(-1)!;
  return { rows: (rows * elementsOf(inputShape)) / cols, cols };
}

export const layerNorm: Layer<LayerNormSpec> = {
  outputShape: (_, inputShape) => inputShape,
  parameters({ bias = true }, inputShape) {
    const shape = [inputShape.at(-1)!];
    const weight: ParameterSpec = { name: 'weight', shape, penalised: false, initializer: ones };
    return bias ? [weight, { name: 'bias', shape, penalised: false, initializer: zeros }] : [weight];
  },

  forward({ epsilon = epsilonField.default, bias = true }, io, x) {
    const { rows, cols } = sizeOf(io);
    const y = io.buffer('output', rows * cols);
    const [mean, inverseDeviation] = [io.buffer('mean', rows), io.buffer('inverseDeviation', rows)];
    const gamma = io.parameter('weight');
    const beta = bias ? io.parameter('bias') : emitZeros(io, 'zeroBias', cols);
    io.call('layerNorm', rows, cols, x, gamma, beta, y, mean, inverseDeviation, epsilon);
    return y;
  },

  // with g = γ dy and means over the row: dx = (g − mean(g) − x̂ mean(g x̂)) / √(variance + ε), over dy
  backward({ bias = true }, io, { x, dy }) {
    const { rows, cols } = sizeOf(io);
    const [mean, inverseDeviation] = [io.buffer('mean', rows), io.buffer('inverseDeviation', rows)];
    const parts = rowParts(rows, cols);
    const gammaSums = emitZeros(io, 'weightSums', parts * cols);
    const betaSums = emitZeros(io, 'biasSums', parts * cols);
    const gamma = io.parameter('weight');
    io.call('layerNormBackward', rows, cols, x, gamma, mean, inverseDeviation, dy, dy, gammaSums, betaSums);
    emitColumnSums(io, { rows: parts, cols }, { x: gammaSums, gradient: io.gradient('weight') });
    if (bias) emitColumnSums(io, { rows: parts, cols }, { x: betaSums, gradient: io.gradient('bias') });
    return dy;
  },
};
