/** The layers that are a product with their weights: dense, the pooler, logits of tokens. */
import type { Value } from '../graph.js';
import { activate } from './activations.js';
import type { LayerIo, LayerOf, LayerWriter } from './layer.js';

/** x W, plus b where there is one, by the names of the two. */
export function writeLinear(io: LayerIo, x: Value, weight = 'weight', bias = 'bias'): Value {
  const product = io.graph.node('MatMul', [x, io.parameter(weight)!.value]);
  return addBias(io, product, bias);
}

function addBias({ graph, parameter }: LayerIo, x: Value, name: string): Value {
  const bias = parameter(name);
  return bias === undefined ? x : graph.node('Add', [x, bias.value]);
}

export const dense: LayerWriter<LayerOf<'dense'>> = ({ activation }, io, x) =>
  activate(io.graph, activation, writeLinear(io, x));

export const pooler: LayerWriter<LayerOf<'pooler'>> = (_, io, x) => {
  const first = io.graph.node('Gather', [x, io.graph.int(0)], { axis: { i: 1 } }); // [rows, width]
  return io.graph.node('Tanh', [writeLinear(io, first)]);
};

/** The weights are [vocabulary, width], as an embedding has them. */
export const unembedding: LayerWriter<LayerOf<'unembedding'>> = (_, io, x) => {
  const transposed = io.graph.node('Transpose', [io.parameter('weight')!.value], { perm: { ints: [1, 0] } });
  return addBias(io, io.graph.node('MatMul', [x, transposed]), 'bias');
};
