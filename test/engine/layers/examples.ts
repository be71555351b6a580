/** A spec of each layer, and a stack to try it in: what loops over the registry loops over these. */
import type { LayerSpec } from '../../../src/engine/layers/index.js';
import { elementsOf } from '../../../src/engine/shape.js';

/** One spec a layer, typed over the union: a layer without one does not compile. */
export const examples: { readonly [Type in LayerSpec['type']]: Extract<LayerSpec, { type: Type }> } = {
  dense: { type: 'dense', units: 4, activation: 'tanh' },
  relu: { type: 'relu' },
  sigmoid: { type: 'sigmoid' },
  tanh: { type: 'tanh' },
  leakyRelu: { type: 'leakyRelu', slope: 0.2 },
  elu: { type: 'elu', alpha: 0.7 },
  silu: { type: 'silu' },
  gelu: { type: 'gelu' },
  geluTanh: { type: 'geluTanh' },
  softplus: { type: 'softplus' },
  softmax: { type: 'softmax' },
  logSoftmax: { type: 'logSoftmax' },
  layerNorm: { type: 'layerNorm', epsilon: 1e-3 },
  batchNorm: { type: 'batchNorm', momentum: 0.2 },
  dropout: { type: 'dropout', rate: 0.3 },
  conv2d: { type: 'conv2d', filters: 2, kernel: 3, stride: 2, padding: 1, activation: 'tanh' },
  maxPool2d: { type: 'maxPool2d', kernel: 2, stride: 1 },
  avgPool2d: { type: 'avgPool2d', kernel: 2 },
  flatten: { type: 'flatten' },
  reshape: { type: 'reshape', shape: [2, 3, 2] },
  embedding: { type: 'embedding', vocabulary: 5, width: 3 },
  columnEmbedding: {
    type: 'columnEmbedding',
    columns: [
      { column: 1, vocabulary: 3, width: 2 },
      { column: 3, vocabulary: 2, width: 4 },
    ],
  },
  positionEmbedding: { type: 'positionEmbedding', context: 5 },
  segmentEmbedding: { type: 'segmentEmbedding' },
  attention: { type: 'attention', heads: 2, causal: true, dropout: 0.3 },
  pooler: { type: 'pooler' },
  sequenceMean: { type: 'sequenceMean' },
  unembedding: { type: 'unembedding', vocabulary: 5, bias: true },
  residual: { type: 'residual', layers: [{ type: 'layerNorm' }, { type: 'dense', units: 4, activation: 'geluTanh' }] },
};

/** Shape of the rows that a layer is tried on, where it is not [4]. */
const images = [2, 3, 2];
const sequences = [3, 4];
const exampleShapes: { readonly [Type in LayerSpec['type']]?: readonly number[] } = {
  conv2d: images,
  maxPool2d: images,
  avgPool2d: images,
  flatten: images,
  reshape: [12],
  positionEmbedding: sequences,
  segmentEmbedding: sequences,
  attention: sequences,
  pooler: sequences,
  sequenceMean: sequences,
  unembedding: sequences,
};
export const shapeFor = (type: LayerSpec['type']) => exampleShapes[type] ?? [4];

/** The example between dense layers, its input in the shape that it takes; tokens come from outside, with nothing below. */
export function around(type: LayerSpec['type']): LayerSpec[] {
  const top: LayerSpec[] = [examples[type], { type: 'flatten' }, { type: 'dense', units: 2 }];
  if (type === 'embedding') return top;
  const shape = shapeFor(type);
  const shaped: LayerSpec[] = shape.length === 1 ? [] : [{ type: 'reshape', shape: [...shape] }];
  return [{ type: 'dense', units: elementsOf(shape) }, ...shaped, ...top];
}
