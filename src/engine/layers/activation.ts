/**
 * Activation functions, as layers of their own and as what a dense layer applies to its product. Where the output y tells
 * the derivative, nothing else is kept; where it does not, forward saves f′(x) and backward is one multiplication.
 */
import type { KernelName } from '../call.js';
import type { Pointer } from '../kernels/kernels.js';
import { elementsOf } from '../shape.js';
import type { Layer, LayerIo } from './layer.js';

/** Where a function learns no more: at an output of 0, whatever stands below; at both ends of what it puts out; or nowhere. */
export type Flat = 'nowhere' | 'atZero' | { readonly low: number; readonly high: number };

/** Emits a function and its derivative over n elements. */
export interface Activation {
  /** How weights under it are drawn: He's variance is for functions that pass about half of their inputs. */
  readonly weights: 'he' | 'xavier';
  readonly flat: Flat;
  /** y = f(x); y may be x. */
  apply(io: LayerIo, n: number, x: Pointer, y: Pointer): void;
  /** y[r,c] = f(x[r,c] + bias[c]) in one pass; y may be x. */
  applyWithBias(io: LayerIo, size: { rows: number; cols: number }, at: { x: Pointer; bias: Pointer; y: Pointer }): void;
  /** dx = f′(x) dy, over dy. */
  backward(io: LayerIo, n: number, y: Pointer, dy: Pointer): void;
  /** The same, and sums [parts, cols] += Σ rows dx of each part that the call is cut into. */
  backwardWithBias(
    io: LayerIo,
    size: { rows: number; cols: number },
    at: { y: Pointer; dy: Pointer; sums: Pointer },
  ): void;
}

type Kind = Pick<Activation, 'weights' | 'flat'>;

interface ByOutput {
  readonly forward: Extract<KernelName, 'relu' | 'sigmoid' | 'tanh' | 'softplus'>;
  readonly backward: Extract<KernelName, 'reluBackward' | 'sigmoidBackward' | 'tanhBackward' | 'softplusBackward'>;
  readonly withBias: Extract<KernelName, 'biasRelu' | 'biasSigmoid' | 'biasTanh' | 'biasSoftplus'>;
  readonly backwardWithBias: Extract<
    KernelName,
    'biasReluBackward' | 'biasSigmoidBackward' | 'biasTanhBackward' | 'biasSoftplusBackward'
  >;
}

const byOutput = (
  { weights, flat }: Kind,
  { forward, backward, withBias, backwardWithBias }: ByOutput,
): Activation => ({
  weights,
  flat,
  apply: (io, n, x, y) => io.call(forward, n, x, y),
  applyWithBias: (io, { rows, cols }, { x, bias, y }) => io.call(withBias, rows, cols, x, bias, y),
  backward: (io, n, y, dy) => io.call(backward, n, y, dy, dy),
  backwardWithBias: (io, { rows, cols }, { y, dy, sums }) => io.call(backwardWithBias, rows, cols, y, dy, dy, sums),
});

interface ByOutputAndParameter {
  readonly forward: Extract<KernelName, 'leakyRelu' | 'elu'>;
  readonly backward: Extract<KernelName, 'leakyReluBackward' | 'eluBackward'>;
  readonly withBias: Extract<KernelName, 'biasLeakyRelu' | 'biasElu'>;
  readonly backwardWithBias: Extract<KernelName, 'biasLeakyReluBackward' | 'biasEluBackward'>;
}

const byOutputAndParameter = (
  { weights, flat }: Kind,
  { forward, backward, withBias, backwardWithBias }: ByOutputAndParameter,
  parameter: number,
): Activation => ({
  weights,
  flat,
  apply: (io, n, x, y) => io.call(forward, n, x, y, parameter),
  applyWithBias: (io, { rows, cols }, { x, bias, y }) => io.call(withBias, rows, cols, x, bias, y, parameter),
  backward: (io, n, y, dy) => io.call(backward, n, y, dy, dy, parameter),
  backwardWithBias: (io, { rows, cols }, { y, dy, sums }) =>
    io.call(backwardWithBias, rows, cols, y, dy, dy, sums, parameter),
});

interface BySavedDerivative {
  readonly forward: Extract<KernelName, 'silu' | 'gelu' | 'geluTanh'>;
  readonly saving: Extract<KernelName, 'siluWithDerivative' | 'geluWithDerivative' | 'geluTanhWithDerivative'>;
  readonly withBias: Extract<KernelName, 'biasSilu' | 'biasGelu' | 'biasGeluTanh'>;
  readonly savingWithBias: Extract<
    KernelName,
    'biasSiluWithDerivative' | 'biasGeluWithDerivative' | 'biasGeluTanhWithDerivative'
  >;
}

const savedDerivative = (io: LayerIo, n: number) => io.buffer('derivative', n);

const bySavedDerivative = (
  { weights, flat }: Kind,
  { forward, saving, withBias, savingWithBias }: BySavedDerivative,
): Activation => ({
  weights,
  flat,
  apply(io, n, x, y) {
    if (io.training) io.call(saving, n, x, y, savedDerivative(io, n));
    else io.call(forward, n, x, y);
  },
  applyWithBias(io, { rows, cols }, { x, bias, y }) {
    if (io.training) io.call(savingWithBias, rows, cols, x, bias, y, savedDerivative(io, rows * cols));
    else io.call(withBias, rows, cols, x, bias, y);
  },
  backward: (io, n, _, dy) => io.call('multiply', n, dy, savedDerivative(io, n), dy),
  backwardWithBias: (io, { rows, cols }, { dy, sums }) =>
    io.call('biasMultiplyBackward', rows, cols, savedDerivative(io, rows * cols), dy, dy, sums),
});

/** Leaky ReLU (Maas et al. 2013): x where x > 0, else slope · x. */
export const leakyReluOf = (slope: number): Activation =>
  byOutputAndParameter(
    { weights: 'he', flat: 'nowhere' },
    {
      forward: 'leakyRelu',
      backward: 'leakyReluBackward',
      withBias: 'biasLeakyRelu',
      backwardWithBias: 'biasLeakyReluBackward',
    },
    slope,
  );
export const defaultSlope = 0.01;

/** ELU (Clevert et al. 2016): x where x > 0, else α (eˣ − 1). */
export const eluOf = (alpha: number): Activation =>
  byOutputAndParameter(
    { weights: 'he', flat: 'nowhere' },
    { forward: 'elu', backward: 'eluBackward', withBias: 'biasElu', backwardWithBias: 'biasEluBackward' },
    alpha,
  );
export const defaultAlpha = 1;

export const activationNames = [
  'relu',
  'leakyRelu',
  'elu',
  'sigmoid',
  'tanh',
  'silu',
  'gelu',
  'geluTanh',
  'softplus',
] as const;
export type ActivationName = (typeof activationNames)[number];

export const activations: { readonly [Name in ActivationName]: Activation } = {
  relu: byOutput(
    { weights: 'he', flat: 'atZero' },
    {
      forward: 'relu',
      backward: 'reluBackward',
      withBias: 'biasRelu',
      backwardWithBias: 'biasReluBackward',
    },
  ),
  leakyRelu: leakyReluOf(defaultSlope),
  elu: eluOf(defaultAlpha),
  sigmoid: byOutput(
    { weights: 'xavier', flat: { low: 0, high: 1 } },
    {
      forward: 'sigmoid',
      backward: 'sigmoidBackward',
      withBias: 'biasSigmoid',
      backwardWithBias: 'biasSigmoidBackward',
    },
  ),
  tanh: byOutput(
    { weights: 'xavier', flat: { low: -1, high: 1 } },
    {
      forward: 'tanh',
      backward: 'tanhBackward',
      withBias: 'biasTanh',
      backwardWithBias: 'biasTanhBackward',
    },
  ),
  silu: bySavedDerivative(
    { weights: 'he', flat: 'atZero' },
    {
      forward: 'silu',
      saving: 'siluWithDerivative',
      withBias: 'biasSilu',
      savingWithBias: 'biasSiluWithDerivative',
    },
  ),
  gelu: bySavedDerivative(
    { weights: 'he', flat: 'atZero' },
    {
      forward: 'gelu',
      saving: 'geluWithDerivative',
      withBias: 'biasGelu',
      savingWithBias: 'biasGeluWithDerivative',
    },
  ),
  geluTanh: bySavedDerivative(
    { weights: 'he', flat: 'atZero' },
    {
      forward: 'geluTanh',
      saving: 'geluTanhWithDerivative',
      withBias: 'biasGeluTanh',
      savingWithBias: 'biasGeluTanhWithDerivative',
    },
  ),
  softplus: byOutput(
    { weights: 'he', flat: 'nowhere' },
    {
      forward: 'softplus',
      backward: 'softplusBackward',
      withBias: 'biasSoftplus',
      backwardWithBias: 'biasSoftplusBackward',
    },
  ),
};

/** The layer that applies an activation to each element. */
export function activationLayer<Spec>(activationOf: (spec: Spec) => Activation): Layer<Spec> {
  return {
    outputShape: (_, inputShape) => inputShape,
    parameters: () => [],
    forward(spec, io, x) {
      const elements = io.rows * elementsOf(io.inputShape);
      const y = io.buffer('output', elements);
      const activation = activationOf(spec);
      activation.apply(io, elements, x, y);
      io.activated({ y, shape: io.outputShape, flat: activation.flat });
      return y;
    },
    backward(spec, io, { y, dy }) {
      activationOf(spec).backward(io, io.rows * elementsOf(io.inputShape), y, dy);
      return dy;
    },
  };
}
