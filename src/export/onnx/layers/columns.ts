/** The layer on columns of a table: vectors in the place of codes. */
import type { OnnxGraph, Value } from '../graph.js';
import type { LayerOf, LayerWriter } from './layer.js';

/** Past the end of any row. */
const rowEnd = 2 ** 31 - 1;

export const columnEmbedding: LayerWriter<LayerOf<'columnEmbedding'>> = ({ columns }, { graph, parameter }, x) => {
  const copied = (from: number, to: number): Value[] =>
    from === to ? [] : [graph.node('Slice', [x, graph.ints([from]), graph.ints([to]), graph.ints([1])])];
  const parts = columns.flatMap(({ column, vocabulary }, index) => {
    const weight = parameter(`${column}.weight`)!.value;
    const values = graph.node('Gather', [x, graph.int(column)], { axis: { i: 1 } }); // [rows]
    const vectors = graph.node('Gather', [weight, codesOf(graph, values, vocabulary)]); // [rows, width]
    const missing = graph.node('Mul', [values, graph.float(0)]); // NaN stays NaN: predict refuses such a row
    const before = index === 0 ? 0 : columns[index - 1]!.column + 1;
    return [
      ...copied(before, column),
      graph.node('Add', [vectors, graph.node('Unsqueeze', [missing, graph.ints([1])])]),
    ];
  });
  return graph.node('Concat', [...parts, ...copied(columns.at(-1)!.column + 1, rowEnd)], { axis: { i: 1 } });
};

/** int64 [rows]: without what follows the point, 0 for what is no code. */
function codesOf(graph: OnnxGraph, values: Value, vocabulary: number): Value {
  const isCode = graph.node('And', [
    graph.node('GreaterOrEqual', [values, graph.float(0)]),
    graph.node('Less', [values, graph.float(vocabulary)]),
  ]);
  return graph.cast(graph.node('Where', [isCode, values, graph.float(0)]), 'int64');
}
