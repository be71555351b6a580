/** Multilayer perceptron: dense layers with one activation, dropout behind each hidden one, and a plain output layer. */
import { type Static, Type } from '#typebox';
import { activationNames } from '../layers/activation.js';
import { dropoutRate } from '../layers/dropout.js';
import { InitializerSpec } from '../layers/weights.js';
import type { Resolved } from '../resolved.js';
import type { Model, NamedLayer } from './model.js';

export const MlpSpec = Type.Object(
  {
    type: Type.Literal('mlp'),
    hidden: Type.Optional(
      Type.Array(Type.Integer({ minimum: 1, maximum: 1_000_000 }), {
        maxItems: 64,
        default: [64, 32],
        description: 'Units of each hidden layer; none gives a linear model',
      }),
    ),
    activation: Type.Optional(Type.Enum(activationNames, { default: 'tanh' })),
    dropout: Type.Optional(Type.Number({ ...dropoutRate, default: 0 })),
    initializer: Type.Optional(InitializerSpec),
  },
  { additionalProperties: false },
);
export type MlpSpec = Static<typeof MlpSpec>;

export const mlp: Model<Resolved<MlpSpec>> = {
  layers({ hidden, activation, dropout, initializer }, { outputs }) {
    const stack = hidden.flatMap((units, index): NamedLayer[] => {
      const name = `hidden.${index}`;
      const path = `/model/hidden/${index}`;
      const layer: NamedLayer = { name, path, spec: { type: 'dense', units, activation, initializer } };
      if (dropout === 0) return [layer];
      return [layer, { name: `${name}.dropout`, path: '/model/dropout', spec: { type: 'dropout', rate: dropout } }];
    });
    return [
      ...stack,
      { name: 'output', path: '/model', spec: { type: 'dense', units: outputs, activation: 'identity', initializer } },
    ];
  },
};
