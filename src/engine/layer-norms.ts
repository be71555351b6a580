/**
 * Sums of squares by layer over the flat buffers: of the gradient, of the weights, and of how an update moved them. Beside
 * the update and never in it: an update that is looked at has the bits of one that is not.
 */
import type { Addresses } from './addresses.js';
import type { KernelCall } from './call.js';
import { type Graph, type GraphLayer, isLearnt } from './graph.js';
import { type Pointer, SQUARES_CHUNK } from './kernels/kernels.js';

/** Elements of the flat buffer that lie side by side. */
interface Span {
  readonly offset: number;
  readonly elements: number;
}

/** A layer that has learnt parameters of its own, and which of the chunks' sums are its. */
export interface LayerChunks {
  readonly layer: string;
  readonly first: number;
  readonly end: number;
}

const chunksOf = ({ elements }: Span): number => Math.ceil(elements / SQUARES_CHUNK);

/** What a layer learns, in as few spans as it lies in: what is penalised, and the rest. Padding in between is zero. */
function spansOf({ parameters }: GraphLayer): Span[] {
  const own = parameters.filter((parameter) => isLearnt(parameter) && !parameter.isShared);
  return [true, false].flatMap((penalised) => {
    const side = own.filter((parameter) => parameter.penalised === penalised);
    const [first, last] = [side[0], side.at(-1)];
    if (first === undefined || last === undefined) return [];
    return [{ offset: first.offset, elements: last.offset + last.elements - first.offset }];
  });
}

export function chunksByLayer({ layers }: Graph): LayerChunks[] {
  let end = 0;
  return layers.flatMap((layer) => {
    const first = end;
    end += spansOf(layer).reduce((sum, span) => sum + chunksOf(span), 0);
    return end > first ? [{ layer: layer.name, first, end }] : [];
  });
}

/** Chunks of all layers. */
export const layerChunks = (graph: Graph): number => chunksByLayer(graph).at(-1)?.end ?? 0;

/** Σ x² of each chunk of each layer into `layerSquares`, x a buffer as parameters are laid out. */
function emitLayerSquares({ layers }: Graph, x: Pointer, { layerSquares }: Addresses): KernelCall[] {
  let chunk = 0;
  return layers.flatMap(spansOf).map((span): KernelCall<'chunkSquares'> => {
    const args = [span.elements, x + 4 * span.offset, layerSquares + 8 * chunk] as const;
    chunk += chunksOf(span);
    return { kernel: 'chunkSquares', args: [...args] };
  });
}

/** What is summed around an update that is looked at, each into `layerSquares`. `previous` takes what the weights were. */
export function emitLayerNorms(graph: Graph, addresses: Addresses, previous: Pointer) {
  const { parameters, gradients, one } = addresses;
  const { learntElements: elements } = graph;
  const keep: KernelCall<'copy'> = { kernel: 'copy', args: [elements, parameters, previous] };
  // previous − 1 · parameters
  const change: KernelCall<'sgd'> = { kernel: 'sgd', args: [elements, previous, parameters, one] };
  return {
    gradientSquares: emitLayerSquares(graph, gradients, addresses),
    weightSquares: [keep, ...emitLayerSquares(graph, parameters, addresses)],
    changeSquares: [change, ...emitLayerSquares(graph, previous, addresses)],
  };
}
