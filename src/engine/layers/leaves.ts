/**
 * Every layer but those that hold other layers. To add one: its file, its spec in the union, its line in the table; a
 * missing line does not compile.
 */
import type { Static } from '#typebox';
import { tagged } from '../tagged.js';
import { AttentionSpec, attention } from './attention.js';
import { AvgPool2dSpec, avgPool2d } from './avg-pool2d.js';
import { BatchNormSpec, batchNorm } from './batch-norm.js';
import { ColumnEmbeddingSpec, columnEmbedding } from './column-embedding.js';
import { Conv2dSpec, conv2d } from './conv2d.js';
import { DenseSpec, dense } from './dense.js';
import { DropoutSpec, dropout } from './dropout.js';
import { EluSpec, elu } from './elu.js';
import { EmbeddingSpec, embedding } from './embedding.js';
import { FlattenSpec, flatten } from './flatten.js';
import { GeluSpec, gelu } from './gelu.js';
import { GeluTanhSpec, geluTanh } from './gelu-tanh.js';
import type { Layer } from './layer.js';
import { LayerNormSpec, layerNorm } from './layer-norm.js';
import { LeakyReluSpec, leakyRelu } from './leaky-relu.js';
import { LogSoftmaxSpec, logSoftmax } from './log-softmax.js';
import { MaxPool2dSpec, maxPool2d } from './max-pool2d.js';
import { PoolerSpec, pooler } from './pooler.js';
import { PositionEmbeddingSpec, positionEmbedding } from './position-embedding.js';
import { ReluSpec, relu } from './relu.js';
import { ReshapeSpec, reshape } from './reshape.js';
import { SegmentEmbeddingSpec, segmentEmbedding } from './segment-embedding.js';
import { SequenceMeanSpec, sequenceMean } from './sequence-mean.js';
import { SigmoidSpec, sigmoid } from './sigmoid.js';
import { SiluSpec, silu } from './silu.js';
import { SoftmaxSpec, softmax } from './softmax.js';
import { SoftplusSpec, softplus } from './softplus.js';
import { TanhSpec, tanh } from './tanh.js';
import { UnembeddingSpec, unembedding } from './unembedding.js';

export const leafSpecs = [
  DenseSpec,
  Conv2dSpec,
  MaxPool2dSpec,
  AvgPool2dSpec,
  FlattenSpec,
  ReshapeSpec,
  EmbeddingSpec,
  ColumnEmbeddingSpec,
  PositionEmbeddingSpec,
  SegmentEmbeddingSpec,
  AttentionSpec,
  PoolerSpec,
  SequenceMeanSpec,
  UnembeddingSpec,
  BatchNormSpec,
  LayerNormSpec,
  ReluSpec,
  LeakyReluSpec,
  EluSpec,
  SigmoidSpec,
  TanhSpec,
  SiluSpec,
  GeluSpec,
  GeluTanhSpec,
  SoftplusSpec,
  SoftmaxSpec,
  LogSoftmaxSpec,
  DropoutSpec,
] as const;
export const LeafSpec = tagged([...leafSpecs]);
export type LeafSpec = Static<typeof LeafSpec>;

export const leaves: { readonly [Type in LeafSpec['type']]: Layer<Extract<LeafSpec, { type: Type }>> } = {
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
  relu,
  leakyRelu,
  elu,
  sigmoid,
  tanh,
  silu,
  gelu,
  geluTanh,
  softplus,
  softmax,
  logSoftmax,
  dropout,
};

export const leafOf = (spec: LeafSpec): Layer<LeafSpec> => leaves[spec.type];
