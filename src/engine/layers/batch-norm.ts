/**
 * Batch normalisation (Ioffe & Szegedy 2015) of each channel of [channels, height, width], or of each of [features]:
 * y = γ x̂ + β, x̂ = (x − mean) / √(variance + ε). Training takes mean and biased variance of the batch, and moves the
 * running ones by `momentum` towards them (the variance stored is the unbiased one); evaluation takes the running ones.
 */
import { type Static, Type } from '#typebox';
import { ones, zeros } from '../initializers.js';
import { elementsOf } from '../shape.js';
import type { Layer, LayerIo } from './layer.js';
import { epsilonField } from './layer-norm.js';
import { emitColumnSums } from './sums.js';

const momentumField = {
  exclusiveMinimum: 0,
  maximum: 1,
  default: 0.1,
  description: 'Share of a batch in the running statistics',
};

export const BatchNormSpec = Type.Object(
  {
    type: Type.Literal('batchNorm'),
    momentum: Type.Optional(Type.Number(momentumField)),
    epsilon: Type.Optional(Type.Number(epsilonField)),
  },
  { additionalProperties: false },
);
export type BatchNormSpec = Static<typeof BatchNormSpec>;

/** The tensor as [rows, channels, positions]. */
function sizeOf({ rows, inputShape }: LayerIo): [outer: number, channels: number, inner: number] {
  return [rows, inputShape[0]!, elementsOf(inputShape.slice(1))];
}

/** The batch's statistics, [channels] each, which backward finds again. */
const batchMean = (io: LayerIo) => io.buffer('mean', io.inputShape[0]!);
const inverseDeviation = (io: LayerIo) => io.buffer('inverseDeviation', io.inputShape[0]!);

export const batchNorm: Layer<BatchNormSpec> = {
  // one value has no variance
  minRows: (_, inputShape) => (elementsOf(inputShape.slice(1)) === 1 ? 2 : 1),
  outputShape: (_, inputShape) => inputShape,
  parameters(_, inputShape) {
    const shape = [inputShape[0]!];
    return [
      { name: 'weight', shape, penalised: false, initializer: ones },
      { name: 'bias', shape, penalised: false, initializer: zeros },
      { name: 'runningMean', shape, penalised: false, learnt: false, initializer: zeros },
      { name: 'runningVariance', shape, penalised: false, learnt: false, initializer: ones },
    ];
  },

  forward({ momentum = momentumField.default, epsilon = epsilonField.default }, io, x) {
    const size = sizeOf(io);
    const y = io.buffer('output', io.rows * elementsOf(io.inputShape));
    const [gamma, beta] = [io.parameter('weight'), io.parameter('bias')];
    const running = [io.parameter('runningMean'), io.parameter('runningVariance')] as const;
    if (io.training) {
      io.call('batchStatistics', ...size, x, batchMean(io), inverseDeviation(io), ...running, momentum, epsilon);
      io.call('normalizeChannels', ...size, x, batchMean(io), inverseDeviation(io), gamma, beta, y);
    } else {
      io.call('inverseRoot', io.inputShape[0]!, running[1], inverseDeviation(io), epsilon);
      io.call('normalizeChannels', ...size, x, running[0], inverseDeviation(io), gamma, beta, y);
    }
    return y;
  },

  // dβ = Σ dy, dγ = Σ dy x̂; with means over the channel: dx = γ (dy − mean(dy) − x̂ mean(dy x̂)) / √(variance + ε), over dy
  backward(_, io, { x, dy }) {
    const size = sizeOf(io);
    const channels = io.inputShape[0]!;
    const [sumDy, sumDyX] = [io.buffer('sumDy', channels), io.buffer('sumDyX', channels)];
    const statistics = [batchMean(io), inverseDeviation(io)] as const;
    io.call('channelGradientSums', ...size, x, ...statistics, dy, sumDy, sumDyX);
    for (const [gradient, sum] of [
      [io.gradient('weight'), sumDyX],
      [io.gradient('bias'), sumDy],
    ] as const) {
      emitColumnSums(io, { rows: 1, cols: channels }, { x: sum, gradient });
    }
    io.call('batchNormBackward', ...size, x, ...statistics, io.parameter('weight'), sumDy, sumDyX, dy, dy);
    return dy;
  },
};
