/** Batch normalisation by its running statistics, and layer normalisation over the last axis. */
import type { LayerOf, LayerWriter } from './layer.js';

export const batchNorm: LayerWriter<LayerOf<'batchNorm'>> = ({ epsilon }, { graph, parameter }, x) => {
  const parameters = ['weight', 'bias', 'runningMean', 'runningVariance'].map((name) => parameter(name)!.value);
  return graph.node('BatchNormalization', [x, ...parameters], { epsilon: { f: epsilon } });
};

export const layerNorm: LayerWriter<LayerOf<'layerNorm'>> = ({ epsilon }, { graph, parameter }, x) => {
  const parameters = ['weight', 'bias'].flatMap((name) => parameter(name)?.value ?? []);
  return graph.node('LayerNormalization', [x, ...parameters], { axis: { i: -1 }, epsilon: { f: epsilon } });
};
