/** Every layer's writer: a layer without one does not compile. */
import type { Value } from '../graph.js';
import { activationLayer, elu, leakyRelu, logSoftmax, softmax } from './activations.js';
import { columnEmbedding } from './columns.js';
import { avgPool2d, conv2d, maxPool2d } from './images.js';
import type { LayerIo, LayerOf, LayerWriter, ResolvedLayer } from './layer.js';
import { dense, pooler, unembedding } from './linear.js';
import { batchNorm, layerNorm } from './normalization.js';
import { attention, embedding, positionEmbedding, segmentEmbedding, sequenceMean } from './sequences.js';
import { dropout, flatten, reshape } from './shapes.js';

/** x + f(x); the parameters of its layers are `0.weight`, `1.qkv.weight`, … */
const residual: LayerWriter<LayerOf<'residual'>> = ({ layers }, io, x) => {
  const branch = layers.reduce((value, layer, index) => {
    const within = { ...io, parameter: (name: string) => io.parameter(`${index}.${name}`) };
    return writeLayer(layer, within, value);
  }, x);
  return io.graph.node('Add', [x, branch]);
};

const writers: { readonly [Type in ResolvedLayer['type']]: LayerWriter<LayerOf<Type>> } = {
  dense,
  conv2d,
  maxPool2d,
  avgPool2d,
  flatten,
  reshape,
  embedding,
  columnEmbedding,
  positionEmbedding,
  segmentEmbedding,
  attention,
  pooler,
  sequenceMean,
  unembedding,
  batchNorm,
  layerNorm,
  relu: activationLayer('relu'),
  leakyRelu,
  elu,
  sigmoid: activationLayer('sigmoid'),
  tanh: activationLayer('tanh'),
  silu: activationLayer('silu'),
  gelu: activationLayer('gelu'),
  geluTanh: activationLayer('geluTanh'),
  softplus: activationLayer('softplus'),
  softmax,
  logSoftmax,
  dropout,
  residual,
};

export const writeLayer = (spec: ResolvedLayer, io: LayerIo, x: Value): Value =>
  (writers[spec.type] as LayerWriter<ResolvedLayer>)(spec, io, x);
