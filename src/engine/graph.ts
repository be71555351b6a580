/** A model as a stack of layers with every shape known, and its parameters laid out in one flat buffer. */
import { layerOf } from './layers/index.js';
import type { ParameterSpec } from './layers/layer.js';
import type { NamedLayer } from './models/model.js';
import { elementsOf, type Shape } from './shape.js';

export interface Parameter extends ParameterSpec {
  /** `<layer>.<name>`, as it stands in the checkpoint: `hidden.0.weight`. */
  readonly fullName: string;
  readonly elements: number;
  /** Of its first element in the flat buffer. */
  readonly offset: number;
}

export interface GraphLayer extends NamedLayer {
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  readonly parameters: readonly Parameter[];
}

export interface Graph {
  readonly layers: readonly GraphLayer[];
  /** In the order of the layers; the index of a parameter is its stream of random numbers. */
  readonly parameters: readonly Parameter[];
  /** Of the flat buffer, padding included: penalised parameters first, so that penalties are one call. */
  readonly elements: number;
  readonly penalisedElements: number;
}

/** Parameters begin on cache lines; the padding between them is zero and stays zero under every update. */
const ALIGN_ELEMENTS = 16;

export function buildGraph(stack: readonly NamedLayer[], inputShape: Shape): Graph {
  const shaped: (NamedLayer & { inputShape: Shape; outputShape: Shape; specs: readonly ParameterSpec[] })[] = [];
  let shape = inputShape;
  for (const named of stack) {
    const layer = layerOf(named.spec);
    const outputShape = layer.outputShape(named.spec, shape);
    shaped.push({ ...named, inputShape: shape, outputShape, specs: layer.parameters(named.spec, shape) });
    shape = outputShape;
  }

  let elements = 0;
  const offsets = new Map<ParameterSpec, number>();
  const place = (penalised: boolean) => {
    for (const spec of shaped.flatMap(({ specs }) => specs)) {
      if (spec.penalised !== penalised) continue;
      offsets.set(spec, elements);
      elements += Math.ceil(elementsOf(spec.shape) / ALIGN_ELEMENTS) * ALIGN_ELEMENTS;
    }
  };
  place(true);
  const penalisedElements = elements;
  place(false);

  const layers = shaped.map(({ specs, ...layer }) => ({
    ...layer,
    parameters: specs.map((spec) => ({
      ...spec,
      fullName: `${layer.name}.${spec.name}`,
      elements: elementsOf(spec.shape),
      offset: offsets.get(spec)!,
    })),
  }));
  return { layers, parameters: layers.flatMap(({ parameters }) => parameters), elements, penalisedElements };
}
