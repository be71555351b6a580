/** y = f(x W + b), weights [inputs, units]. The activation f is fused with the bias: one pass over y instead of three. */
import { type Static, Type } from '#typebox';
import { EngineError } from '../errors.js';
import { he, xavier, zeros } from '../initializers.js';
import { elementsOf } from '../shape.js';
import { activationNames, activations } from './activation.js';
import type { Layer } from './layer.js';

export const DenseSpec = Type.Object(
  {
    type: Type.Literal('dense'),
    units: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
    activation: Type.Optional(Type.Enum(['identity', ...activationNames], { default: 'identity' })),
  },
  { additionalProperties: false },
);
export type DenseSpec = Static<typeof DenseSpec>;

export const dense: Layer<DenseSpec> = {
  outputShape(spec, inputShape) {
    if (inputShape.length !== 1) {
      const got = `[${inputShape.join(', ')}]`;
      throw new EngineError('invalid_spec', `dense: expected rows of shape [inputs], got ${got}`, {
        expected: '[inputs]',
        got,
      });
    }
    return [spec.units];
  },

  parameters(spec, inputShape) {
    const inputs = elementsOf(inputShape);
    const initializer = spec.activation === 'relu' ? he(inputs) : xavier(inputs, spec.units);
    return [
      { name: 'weight', shape: [inputs, spec.units], penalised: true, initializer },
      { name: 'bias', shape: [spec.units], penalised: false, initializer: zeros },
    ];
  },

  forward(spec, io, x) {
    const inputs = elementsOf(io.inputShape);
    const { units, activation = 'identity' } = spec;
    const y = io.buffer('output', io.rows * units); // [rows, units]
    io.call('gemmNN', io.rows, units, inputs, x, inputs, io.parameter('weight'), units, y, units, 0);
    const epilogue = activation === 'identity' ? 'biasIdentity' : activations[activation].withBias;
    io.call(epilogue, io.rows, units, y, io.parameter('bias'), y);
    return y;
  },

  // dz = f′(z) dy, dW = xᵀ dz, db = Σ rows dz, dx = dz Wᵀ
  backward(spec, io, { x, y, dy }) {
    const inputs = elementsOf(io.inputShape);
    const { units, activation = 'identity' } = spec;
    const dz = dy;
    if (activation !== 'identity') io.call(activations[activation].backward, io.rows * units, y, dy, dz);
    io.call('gemmTN', inputs, units, io.rows, x, inputs, dz, units, io.gradient('weight'), units, io.accumulate);
    if (io.accumulate === 0) io.call('fill', units, io.gradient('bias'), 0);
    io.call('columnSums', io.rows, units, dz, io.gradient('bias'));
    if (!io.needsInputGradient) return dz;
    const dx = io.buffer('inputGradient', io.rows * inputs); // [rows, inputs]
    io.call('gemmNT', io.rows, inputs, units, dz, units, io.parameter('weight'), units, dx, inputs, 0);
    return dx;
  },
};
