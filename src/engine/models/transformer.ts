/** What the transformers share: their sizes in the spec, and how their weights start. */
import { Type } from '#typebox';
import { type Initializer, normal } from '../initializers.js';
import { headsField } from '../layers/attention.js';
import { dropoutRate } from '../layers/dropout.js';
import { widthField } from '../layers/embedding.js';
import type { ParameterSpec } from '../layers/layer.js';
import { contextField } from '../layers/position-embedding.js';

export const transformerFields = {
  layers: Type.Optional(Type.Integer({ minimum: 1, maximum: 96, default: 4, description: 'Blocks' })),
  heads: Type.Optional({ ...headsField, default: 4 }),
  width: Type.Optional({ ...widthField, default: 128 }),
  context: Type.Optional({ ...contextField, default: 64 }),
};

export const dropoutField = (fallback: number) =>
  Type.Optional(
    Type.Number({
      ...dropoutRate,
      default: fallback,
      description: 'Behind the embeddings and each residual branch, and of the attention’s probabilities',
    }),
  );

/** Deviation of every weight, in GPT-2 and in BERT. */
export const DEVIATION = 0.02;

/** N(0, 0.02) for matrices; what a layer has for biases and normalisations is left as it is. */
export const normalMatrices = ({ shape, initializer }: ParameterSpec): Initializer =>
  shape.length === 2 ? normal(DEVIATION) : initializer;
