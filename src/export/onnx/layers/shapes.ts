/** The layers that move nothing: what differs is how the numbers of a row are read. */
import type { LayerOf, LayerWriter } from './layer.js';

export const flatten: LayerWriter<LayerOf<'flatten'>> = (_, { graph }, x) =>
  graph.node('Flatten', [x], { axis: { i: 1 } });

/** A size of 0 is that of the input: rows stay rows. */
export const reshape: LayerWriter<LayerOf<'reshape'>> = ({ shape }, { graph }, x) =>
  graph.node('Reshape', [x, graph.ints([0, ...shape])]);

/** In training alone does it anything. */
export const dropout: LayerWriter<LayerOf<'dropout'>> = (_spec, _io, x) => x;
