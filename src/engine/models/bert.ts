/**
 * BERT (Devlin et al. 2019), the encoder as published: token, position and segment embeddings with a norm and dropout,
 * post-norm blocks of full attention and a perceptron with exact GELU, ε 1e-12. Padding is seen by no position. Weights are
 * N(0, 0.02). The head follows from the data: classes of texts are told by a dense output from a tanh pooler on the first
 * position, or from the mean of all; masked tokens by a dense layer with GELU and a norm, then the token embedding's transpose with a bias.
 */
import { type Static, Type } from '#typebox';
import type { LayerSpec } from '../layers/index.js';
import type { LeafSpec } from '../layers/leaves.js';
import type { Resolved } from '../resolved.js';
import type { Model, NamedLayer } from './model.js';
import { dropoutField, normalMatrices, transformerFields } from './transformer.js';

export const BertSpec = Type.Object(
  {
    type: Type.Literal('bert'),
    ...transformerFields,
    dropout: dropoutField(0.1),
    pooling: Type.Optional(
      Type.Enum(['class', 'mean'], {
        default: 'class',
        description:
          'What a text’s class is told by: its first position through a tanh layer, or the mean of all that are not padding',
      }),
    ),
  },
  { additionalProperties: false },
);
export type BertSpec = Static<typeof BertSpec>;

const norm = { type: 'layerNorm', epsilon: 1e-12 } as const;

export const bert: Model<Resolved<BertSpec>> = {
  targets: ['row', 'masked'],
  layers({ layers, heads, width, context, dropout, pooling }, { tokens, outputs }) {
    const { vocabulary } = tokens!;
    const dropped: LeafSpec[] = dropout > 0 ? [{ type: 'dropout', rate: dropout }] : [];
    const named = (name: string, spec: LayerSpec): NamedLayer => ({
      name,
      path: '/model',
      spec,
      initializerOf: normalMatrices,
    });
    const blocks = Array.from({ length: layers }, (_, index) => {
      const attention: LeafSpec[] = [{ type: 'attention', heads, dropout }, ...dropped];
      const mlp: LeafSpec[] = [
        { type: 'dense', units: 4 * width, activation: 'gelu' },
        { type: 'dense', units: width },
        ...dropped,
      ];
      return [
        named(`blocks.${index}.attention`, { type: 'residual', layers: attention }),
        named(`blocks.${index}.attentionNorm`, norm),
        named(`blocks.${index}.mlp`, { type: 'residual', layers: mlp }),
        named(`blocks.${index}.mlpNorm`, norm),
      ];
    });
    const classifying = [
      named('pooler', { type: pooling === 'class' ? 'pooler' : 'sequenceMean' }),
      named('output', { type: 'dense', units: outputs }),
    ];
    const restoring = [
      named('transform', { type: 'dense', units: width, activation: 'gelu' }),
      named('transformNorm', norm),
      { ...named('output', { type: 'unembedding', vocabulary, bias: true }), shared: { weight: 'token.weight' } },
    ];
    return [
      named('token', { type: 'embedding', vocabulary, width }),
      named('position', { type: 'positionEmbedding', context }),
      named('segment', { type: 'segmentEmbedding' }),
      named('norm', norm),
      ...dropped.map((spec) => named('embedding.dropout', spec)),
      ...blocks.flat(),
      ...(tokens!.targets === 'masked' ? restoring : classifying),
    ];
  },
};
