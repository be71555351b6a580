/**
 * BERT (Devlin et al. 2019), the encoder as published, for telling classes of texts: token, position and segment embeddings
 * with a norm and dropout, post-norm blocks of full attention and a perceptron with exact GELU, ε 1e-12, a tanh pooler on the
 * first position, and a dense output. Padding is seen by no position. Weights are N(0, 0.02).
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
  },
  { additionalProperties: false },
);
export type BertSpec = Static<typeof BertSpec>;

const norm = { type: 'layerNorm', epsilon: 1e-12 } as const;

export const bert: Model<Resolved<BertSpec>> = {
  targets: ['row'],
  layers({ layers, heads, width, context, dropout }, { tokens, outputs }) {
    const { vocabulary } = tokens!;
    const dropped: LeafSpec[] = dropout > 0 ? [{ type: 'dropout', rate: dropout }] : [];
    const named = (name: string, spec: LayerSpec): NamedLayer => ({
      name,
      path: '/model',
      spec,
      initializerOf: normalMatrices,
    });
    const blocks = Array.from({ length: layers }, (_, index) => {
      const attention: LeafSpec[] = [{ type: 'attention', heads }, ...dropped];
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
    return [
      named('token', { type: 'embedding', vocabulary, width }),
      named('position', { type: 'positionEmbedding', context }),
      named('segment', { type: 'segmentEmbedding' }),
      named('norm', norm),
      ...dropped.map((spec) => named('embedding.dropout', spec)),
      ...blocks.flat(),
      named('pooler', { type: 'pooler' }),
      named('output', { type: 'dense', units: outputs }),
    ];
  },
};
