/**
 * y = f(x W + b), weights [inputs, units], for rows of shape [inputs] or, position by position, [time, inputs]. The
 * activation f is fused with the bias: one pass over y instead of three.
 */
import { type Static, Type } from '#typebox';
import { EngineError } from '../errors.js';
import { elementsOf, type Shape } from '../shape.js';
import { activationNames } from './activation.js';
import type { Layer } from './layer.js';
import { emitLinear, emitLinearBackward, type Linear, linearParameters } from './linear.js';
import { InitializerSpec, weightsInitializer } from './weights.js';

export const DenseSpec = Type.Object(
  {
    type: Type.Literal('dense'),
    units: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
    activation: Type.Optional(Type.Enum(['identity', ...activationNames], { default: 'identity' })),
    bias: Type.Optional(Type.Boolean({ default: true })),
    initializer: Type.Optional(InitializerSpec),
  },
  { additionalProperties: false },
);
export type DenseSpec = Static<typeof DenseSpec>;

function linearOf({ units, activation = 'identity', bias = true }: DenseSpec, inputShape: Shape): Omit<Linear, 'rows'> {
  return { inputs: inputShape.at(-1)!, units, weight: 'weight', bias: bias ? 'bias' : null, activation };
}

/** Positions of a row that the weights act on, one after the other. */
const positions = (inputShape: Shape) => elementsOf(inputShape.slice(0, -1));

export const dense: Layer<DenseSpec> = {
  outputShape(spec, inputShape) {
    if (inputShape.length > 2) {
      const [expected, got] = ['[inputs] or [time, inputs]', `[${inputShape.join(', ')}]`];
      const message = `dense: expected rows of shape ${expected}, got ${got}: put flatten before it`;
      throw new EngineError('invalid_spec', message, { expected, got });
    }
    return [...inputShape.slice(0, -1), spec.units];
  },

  parameters(spec, inputShape) {
    const linear = linearOf(spec, inputShape);
    const { activation = 'identity', inputs: fanIn, units: fanOut } = linear;
    return linearParameters(linear, weightsInitializer(spec.initializer, { activation, fanIn, fanOut }));
  },

  forward(spec, io, x) {
    const linear = { ...linearOf(spec, io.inputShape), rows: io.rows * positions(io.inputShape) };
    const y = io.buffer('output', linear.rows * linear.units); // [rows, units]
    emitLinear(io, linear, { x, y });
    return y;
  },

  // linear.ts has the derivative; dy is overwritten
  backward(spec, io, { x, y, dy }) {
    const linear = { ...linearOf(spec, io.inputShape), rows: io.rows * positions(io.inputShape) };
    const dx = io.needsInputGradient ? io.buffer('inputGradient', linear.rows * linear.inputs) : null; // [rows, inputs]
    emitLinearBackward(io, linear, { x, y, dy, dx });
    return dx ?? dy;
  },
};
