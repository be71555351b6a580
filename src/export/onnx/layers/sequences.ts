/** The layers on sequences [rows, time, width]: vectors of tokens, places and segments, attention, the mean. */
import type { OnnxGraph, Value } from '../graph.js';
import type { LayerIo, LayerOf, LayerWriter } from './layer.js';
import { writeLinear } from './linear.js';

/** Tokens are int64. */
export const embedding: LayerWriter<LayerOf<'embedding'>> = (_, { graph, parameter }, x) =>
  graph.node('Gather', [parameter('weight')!.value, x]);

/** int64 [1]: positions of each row. */
const timeOf = (graph: OnnxGraph, x: Value): Value => graph.node('Shape', [x], { start: { i: 1 }, end: { i: 2 } });

/** Sequences may be shorter than the longest. */
export const positionEmbedding: LayerWriter<LayerOf<'positionEmbedding'>> = (_, { graph, parameter }, x) => {
  const places = graph.node('Slice', [parameter('weight')!.value, graph.ints([0]), timeOf(graph, x)]);
  return graph.node('Add', [x, places]);
};

/** Every row is one text, which is the first. */
export const segmentEmbedding: LayerWriter<LayerOf<'segmentEmbedding'>> = (_, { graph, parameter }, x) =>
  graph.node('Add', [x, graph.node('Gather', [parameter('weight')!.value, graph.int(0)])]);

/** Σ over positions that are not padding, divided by how many they are; 0 where there is none. */
export const sequenceMean: LayerWriter<LayerOf<'sequenceMean'>> = (_, { graph, mask }, x) => {
  const positions = graph.ints([1]);
  const flat = { keepdims: { i: 0 } };
  if (mask === null) return graph.node('ReduceMean', [x], { axes: { ints: [1] }, ...flat });
  const weights = graph.node('Unsqueeze', [graph.cast(mask, 'float'), graph.ints([-1])]); // [rows, time, 1]
  const sum = graph.node('ReduceSum', [graph.node('Mul', [x, weights]), positions], flat); // [rows, width]
  const count = graph.node('ReduceSum', [weights, positions], flat); // [rows, 1]
  return graph.node('Div', [sum, graph.node('Max', [count, graph.float(1)])]);
};

/** What is added to nothing: its exponential is 0, and a row of nothing else still has a softmax. */
const hidden = -3e38;

/** softmax(q kᵀ / √headSize) v by head, q, k and v side by side in one product; then the projection. */
export const attention: LayerWriter<LayerOf<'attention'>> = ({ heads, causal }, io, x) => {
  const { graph } = io;
  const [width] = io.parameter('projection.weight')!.shape as [number, number];
  const packed = writeLinear(io, x, 'qkv.weight', 'qkv.bias');
  const parted = graph.node('Reshape', [packed, graph.ints([0, 0, 3, heads, width / heads])]);
  const byPart = graph.node('Transpose', [parted], { perm: { ints: [2, 0, 3, 1, 4] } }); // [3, rows, heads, time, headSize]
  const [q, k, v] = [0, 1, 2].map((part) => graph.node('Gather', [byPart, graph.int(part)])) as [Value, Value, Value];
  const products = graph.node('MatMul', [q, graph.node('Transpose', [k], { perm: { ints: [0, 1, 3, 2] } })]);
  const scores = graph.node('Mul', [products, graph.float(1 / Math.sqrt(width / heads))]); // [rows, heads, time, time]
  const probabilities = graph.node('Softmax', [seen(io, scores, { x, causal })], { axis: { i: -1 } });
  const mixed = graph.node('Transpose', [graph.node('MatMul', [probabilities, v])], { perm: { ints: [0, 2, 1, 3] } });
  const joined = graph.node('Reshape', [mixed, graph.ints([0, 0, width])]);
  return writeLinear(io, joined, 'projection.weight', 'projection.bias');
};

/** The scores of the positions that each one sees. */
function seen({ graph, mask }: LayerIo, scores: Value, { x, causal }: { x: Value; causal: boolean }): Value {
  const where = (visible: Value, of: Value) => graph.node('Where', [visible, of, graph.float(hidden)]);
  const unpadded = mask === null ? scores : where(graph.node('Unsqueeze', [mask, graph.ints([1, 2])]), scores); // [rows, 1, 1, time]
  if (!causal) return unpadded;
  const time = graph.node('Squeeze', [timeOf(graph, x)]);
  const places = graph.node('Range', [graph.int(0), time, graph.int(1)]);
  const [keys, queries] = [0, 1].map((axis) => graph.node('Unsqueeze', [places, graph.ints([axis])])) as [Value, Value];
  return where(graph.node('LessOrEqual', [keys, queries]), unpadded);
}
