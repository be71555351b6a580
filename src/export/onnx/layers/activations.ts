/** Activation functions, as layers and behind dense and convolutional ones; softmax and its logarithm. */
import type { ActivationName } from '../../../engine/index.js';
import type { OnnxGraph, Value } from '../graph.js';
import type { LayerOf, LayerWriter } from './layer.js';

type Activation = (graph: OnnxGraph, x: Value) => Value;

const named =
  (operator: string): Activation =>
  (graph, x) =>
    graph.node(operator, [x]);
const withAlpha =
  (operator: string, alpha: number): Activation =>
  (graph, x) =>
    graph.node(operator, [x], { alpha: { f: alpha } });

/** x Φ(x) = x (1 + erf(x / √2)) / 2 */
const gelu: Activation = (graph, x) => {
  const erf = graph.node('Erf', [graph.node('Mul', [x, graph.float(Math.SQRT1_2)])]);
  return halfOf(graph, x, erf);
};

/** x (1 + tanh(√(2/π) (x + 0.044715 x³))) / 2 */
const geluTanh: Activation = (graph, x) => {
  const cube = graph.node('Mul', [graph.node('Mul', [x, x]), x]);
  const bent = graph.node('Add', [x, graph.node('Mul', [cube, graph.float(0.044715)])]);
  const tanh = graph.node('Tanh', [graph.node('Mul', [bent, graph.float(Math.sqrt(2 / Math.PI))])]);
  return halfOf(graph, x, tanh);
};

/** x (1 + s) / 2 */
function halfOf(graph: OnnxGraph, x: Value, s: Value): Value {
  const gate = graph.node('Add', [s, graph.float(1)]);
  return graph.node('Mul', [graph.node('Mul', [x, graph.float(0.5)]), gate]);
}

/** Those behind a dense or convolutional layer have the parameters that their layers have by default. */
const defaultSlope = 0.01;
const defaultAlpha = 1;

const activations: { readonly [Name in ActivationName]: Activation } = {
  relu: named('Relu'),
  leakyRelu: withAlpha('LeakyRelu', defaultSlope),
  elu: withAlpha('Elu', defaultAlpha),
  sigmoid: named('Sigmoid'),
  tanh: named('Tanh'),
  silu: (graph, x) => graph.node('Mul', [x, graph.node('Sigmoid', [x])]),
  gelu,
  geluTanh,
  softplus: named('Softplus'),
};

export const activate = (graph: OnnxGraph, name: ActivationName | 'identity', x: Value): Value =>
  name === 'identity' ? x : activations[name](graph, x);

/** The layer of an activation without a parameter. */
export const activationLayer =
  (name: ActivationName): LayerWriter<unknown> =>
  (_, { graph }, x) =>
    activations[name](graph, x);

export const leakyRelu: LayerWriter<LayerOf<'leakyRelu'>> = ({ slope }, { graph }, x) =>
  withAlpha('LeakyRelu', slope)(graph, x);
export const elu: LayerWriter<LayerOf<'elu'>> = ({ alpha }, { graph }, x) => withAlpha('Elu', alpha)(graph, x);

const overLastAxis =
  (operator: string): LayerWriter<unknown> =>
  (_, { graph }, x) =>
    graph.node(operator, [x], { axis: { i: -1 } });
export const softmax = overLastAxis('Softmax');
export const logSoftmax = overLastAxis('LogSoftmax');
