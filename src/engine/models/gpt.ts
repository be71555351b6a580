/**
 * GPT (Radford et al. 2019): a decoder that foresees the next token at each position. Pre-norm blocks of causal attention
 * and a perceptron four times as wide, on tokens with learnt positions; tied, the output is the embedding's transpose (Press
 * & Wolf 2017). Weights are N(0, 0.02), those that end a residual branch 0.02 / √(2 · layers).
 */
import { type Static, Type } from '#typebox';
import { scaledResidual } from '../initializers.js';
import { activationNames } from '../layers/activation.js';
import type { LeafSpec } from '../layers/leaves.js';
import type { Resolved } from '../resolved.js';
import type { Model, NamedLayer } from './model.js';
import { DEVIATION, dropoutField, normalMatrices, transformerFields } from './transformer.js';

export const GptSpec = Type.Object(
  {
    type: Type.Literal('gpt'),
    ...transformerFields,
    activation: Type.Optional(Type.Enum(activationNames, { default: 'gelu' })),
    bias: Type.Optional(Type.Boolean({ default: true, description: 'In dense layers and normalisations' })),
    tied: Type.Optional(
      Type.Boolean({ default: true, description: 'Whether output and token embedding share weights' }),
    ),
    dropout: dropoutField(0),
  },
  { additionalProperties: false },
);
export type GptSpec = Static<typeof GptSpec>;

export const gpt: Model<Resolved<GptSpec>> = {
  targets: ['position'],
  layers({ layers, heads, width, context, activation, bias, tied, dropout }, { outputs: vocabulary }) {
    const path = '/model';
    const dropped: LeafSpec[] = dropout > 0 ? [{ type: 'dropout', rate: dropout }] : [];
    const norm = { type: 'layerNorm', bias } as const;
    // Each branch ends in one matrix [·, width]: its weights are the scaled ones.
    const branch = (name: string, specs: LeafSpec[], last: string): NamedLayer => ({
      name,
      path,
      spec: { type: 'residual', layers: [norm, ...specs, ...dropped] },
      initializerOf: (parameter) =>
        parameter.name === last ? scaledResidual(DEVIATION, 2 * layers) : normalMatrices(parameter),
    });
    const blocks = Array.from({ length: layers }, (_, index) => [
      branch(
        `blocks.${index}.attention`,
        [{ type: 'attention', heads, causal: true, bias, dropout }],
        '1.projection.weight',
      ),
      branch(
        `blocks.${index}.mlp`,
        [
          { type: 'dense', units: 4 * width, activation, bias },
          { type: 'dense', units: width, bias },
        ],
        '2.weight',
      ),
    ]);
    const output: NamedLayer = { name: 'output', path, spec: { type: 'unembedding', vocabulary } };
    return [
      { name: 'token', path, spec: { type: 'embedding', vocabulary, width } },
      { name: 'position', path, spec: { type: 'positionEmbedding', context } },
      ...dropped.map((spec): NamedLayer => ({ name: 'embedding.dropout', path, spec })),
      ...blocks.flat(),
      { name: 'norm', path, spec: norm },
      tied ? { ...output, shared: { weight: 'token.weight' } } : output,
    ];
  },
};
