/** What an exported model answers: probabilities and the likeliest class, a value in the target's units, or logits of tokens. */
import type { RowsPreparation } from '../../data/preparation.js';
import type { ResolvedEngineSpec } from '../../engine/index.js';
import type { OnnxGraph, Value } from './graph.js';

type Loss = ResolvedEngineSpec['loss'];

/** What predict makes of what the model puts out, by the loss that it was trained under. */
const answers: {
  readonly [Type in Loss['type']]: (graph: OnnxGraph, spec: Extract<Loss, { type: Type }>, y: Value) => Value;
} = {
  mse: (_graph, _spec, y) => y,
  mae: (_graph, _spec, y) => y,
  huber: (_graph, _spec, y) => y,
  /** Of the first class and of the second. */
  binaryCrossEntropy(graph, { fromLogits }, y) {
    const second = fromLogits ? graph.node('Sigmoid', [y]) : y;
    return graph.node('Concat', [graph.node('Sub', [graph.float(1), second]), second], { axis: { i: 1 } });
  },
  crossEntropy: (graph, _, y) => graph.node('Softmax', [y], { axis: { i: -1 } }),
};

/** `y` [rows, width] is what the last layer puts out. */
export function writeAnswer(
  graph: OnnxGraph,
  loss: Loss,
  { target, y }: { target: RowsPreparation['target']; y: Value },
) {
  const answer = (answers[loss.type] as (graph: OnnxGraph, spec: Loss, y: Value) => Value)(graph, loss, y);
  if (target.type === 'regression') {
    const scaled = graph.node('Mul', [graph.cast(answer, 'double'), graph.double(target.deviation)]);
    const value = graph.node('Add', [scaled, graph.double(target.mean)]);
    graph.output('value', value, { type: 'double', dims: ['rows', 1] });
    return;
  }
  const best = graph.node('ArgMax', [answer], { axis: { i: 1 }, keepdims: { i: 0 } }); // the first of several, as predict has it
  const label = graph.node('Gather', [graph.strings(target.classes), best]);
  graph.output('label', label, { type: 'string', dims: ['rows'] });
  graph.output('probabilities', answer, { type: 'float', dims: ['rows', target.classes.length] });
}
