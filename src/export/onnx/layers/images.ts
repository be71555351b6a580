/** The layers with a window that slides over [rows, channels, height, width]. */
import { activate } from './activations.js';
import type { LayerOf, LayerWriter } from './layer.js';

interface Window {
  kernel: number;
  /** The kernel's side where it is left out. */
  stride?: number;
  padding?: number;
}

const windowed = ({ kernel, stride = kernel, padding = 0 }: Window) => ({
  kernel_shape: { ints: [kernel, kernel] },
  strides: { ints: [stride, stride] },
  pads: { ints: [padding, padding, padding, padding] },
});

export const conv2d: LayerWriter<LayerOf<'conv2d'>> = (
  { kernel, stride = 1, padding, activation },
  { graph, parameter },
  x,
) => {
  const inputs = [x, parameter('weight')!.value, parameter('bias')!.value];
  return activate(graph, activation, graph.node('Conv', inputs, windowed({ kernel, stride, padding })));
};

export const maxPool2d: LayerWriter<LayerOf<'maxPool2d'>> = (window, { graph }, x) =>
  graph.node('MaxPool', [x], windowed(window));

export const avgPool2d: LayerWriter<LayerOf<'avgPool2d'>> = (window, { graph }, x) =>
  graph.node('AveragePool', [x], windowed(window));
