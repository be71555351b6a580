/** A model as a stack of layers with every shape known, and its parameters laid out in one flat buffer. */
import { EngineError } from './errors.js';
import { layerOf } from './layers/index.js';
import type { ParameterSpec } from './layers/layer.js';
import type { NamedLayer } from './models/model.js';
import { elementsOf, type Shape } from './shape.js';
import { downOf, loraScale, type Tuning, tuned, upOf } from './tuning.js';

export interface Parameter extends ParameterSpec {
  /** `<layer>.<name>`, as it stands in the checkpoint: `hidden.0.weight`. */
  readonly fullName: string;
  readonly elements: number;
  /** Of its first element in the flat buffer. */
  readonly offset: number;
  /** Whether it is a parameter of a layer below, used here again: its gradient is the sum of both uses. */
  readonly isShared: boolean;
}

export interface GraphLayer extends NamedLayer {
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  readonly parameters: readonly Parameter[];
}

export interface Graph {
  readonly layers: readonly GraphLayer[];
  /** In the order of the layers, a shared one once; the index of a parameter is its stream of random numbers. */
  readonly parameters: readonly Parameter[];
  /**
   * Of the flat buffer, padding included: penalised parameters first, then those that are learnt, then statistics and what
   * is frozen, so that penalties and updates are one call each.
   */
  readonly elements: number;
  readonly learntElements: number;
  readonly penalisedElements: number;
  /** Weights that are corrected, with the factors: they are parameters of the run, and none of the model. */
  readonly corrections: readonly WeightCorrection[];
}

export interface WeightCorrection {
  readonly weight: Parameter;
  readonly down: Parameter;
  readonly up: Parameter;
  readonly scale: number;
}

/** Parameters begin on cache lines; the padding between them is zero and stays zero under every update. */
const ALIGN_ELEMENTS = 16;

/** Whether an optimizer moves it; the others are statistics, or frozen. */
export const isLearnt = ({ learnt }: ParameterSpec): boolean => learnt ?? true;

const untuned: Tuning = { frozen: [], lora: null };

export function buildGraph(stack: readonly NamedLayer[], inputShape: Shape, tuning = untuned): Graph {
  const shaped: (NamedLayer & { inputShape: Shape; outputShape: Shape; specs: readonly ParameterSpec[] })[] = [];
  let shape = inputShape;
  for (const named of stack) {
    const outputShape = outputShapeOf(named, shape);
    const specs = layerOf(named.spec)
      .parameters(named.spec, shape)
      .flatMap((spec) => tuned(startOf(spec, named), fullNameOf(named, spec), tuning));
    shaped.push({ ...named, inputShape: shape, outputShape, specs });
    shape = outputShape;
  }

  let elements = 0;
  const offsets = new Map<ParameterSpec, number>();
  const own = shaped.flatMap(({ specs, shared = {} }) => specs.filter(({ name }) => !(name in shared)));
  const place = (belongs: (spec: ParameterSpec) => boolean) => {
    for (const spec of own.filter(belongs)) {
      offsets.set(spec, elements);
      elements += Math.ceil(elementsOf(spec.shape) / ALIGN_ELEMENTS) * ALIGN_ELEMENTS;
    }
  };
  place(({ penalised }) => penalised);
  const penalisedElements = elements;
  place((spec) => !spec.penalised && isLearnt(spec));
  const learntElements = elements;
  place((spec) => !isLearnt(spec));

  const offsetOf = (fullName: string): number => {
    const [spec] = shaped.flatMap(({ name, specs }) => specs.filter((own) => `${name}.${own.name}` === fullName));
    if (spec === undefined) throw new TypeError(`no parameter ${fullName} to share`);
    return offsets.get(spec)!;
  };
  const layers = shaped.map(({ specs, ...layer }) => ({
    ...layer,
    parameters: specs.map((spec) => ({
      ...spec,
      fullName: fullNameOf(layer, spec),
      elements: elementsOf(spec.shape),
      offset: offsets.get(spec) ?? offsetOf(layer.shared![spec.name]!),
      isShared: !offsets.has(spec),
    })),
  }));
  const parameters = layers.flatMap(({ parameters }) => parameters.filter(({ isShared }) => !isShared));
  return {
    ...{ layers, parameters, elements, penalisedElements, learntElements },
    corrections: correctionsOf(parameters, tuning),
  };
}

const fullNameOf = ({ name, shared }: NamedLayer, { name: own }: Pick<ParameterSpec, 'name'>): string =>
  shared?.[own] ?? `${name}.${own}`;

function correctionsOf(parameters: readonly Parameter[], { lora }: Tuning): WeightCorrection[] {
  if (lora === null) return [];
  const byName = new Map(parameters.map((parameter) => [parameter.fullName, parameter]));
  return lora.targets.map((name) => {
    const weight = byName.get(name);
    if (weight === undefined) {
      const details = { path: '/model', expected: name, got: 'none' };
      throw new EngineError('invalid_spec', `model: there is no ${name} to correct`, details);
    }
    return { weight, down: byName.get(downOf(name))!, up: byName.get(upOf(name))!, scale: loraScale(lora) };
  });
}

/** Those that stay when the corrections are added to their weights. */
export function modelParameters({ parameters, corrections }: Graph): Parameter[] {
  const factors = new Set(corrections.flatMap(({ down, up }) => [down, up]));
  return parameters.filter((parameter) => !factors.has(parameter));
}

/** The layer's shape rule; what it refuses is told with the layer's name and place in the spec. */
export function outputShapeOf({ name, path, spec }: NamedLayer, inputShape: Shape): Shape {
  try {
    return layerOf(spec).outputShape(spec, inputShape);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    throw new EngineError(error.code, `${name}: ${error.message}`, { path, ...error.details, layer: name });
  }
}

/** The parameter with the start that the model gives it, or else its layer. */
function startOf(spec: ParameterSpec, { initializerOf }: NamedLayer): ParameterSpec {
  return initializerOf === undefined ? spec : { ...spec, initializer: initializerOf(spec) };
}
