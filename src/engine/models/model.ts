/** The contract of a model: a spec that stands for a stack of named layers. */
import type { Initializer } from '../initializers.js';
import type { LayerSpec } from '../layers/index.js';
import type { ParameterSpec } from '../layers/layer.js';
import type { Shape, TokenShape } from '../shape.js';

export interface NamedLayer {
  /** As it stands in the plan, in errors and in the checkpoint's tensor names: `hidden.0`. */
  readonly name: string;
  readonly spec: LayerSpec;
  /** JSON pointer to what in the engine spec gave the layer its size. */
  readonly path: string;
  /** How a parameter starts, where the model has it otherwise than the layer. */
  readonly initializerOf?: (parameter: ParameterSpec) => Initializer;
  /** Parameters of this layer that are another's, below it: `<layer>.<name>` there, by the name here. */
  readonly shared?: Readonly<Record<string, string>>;
}

/** What a model must know of the data. */
export interface ModelData {
  readonly inputShape: Shape;
  /** Where the inputs are tokens. */
  readonly tokens?: TokenShape | undefined;
  /** Values a row that the model puts out, or a position where each has a target. */
  readonly outputs: number;
}

export interface Model<Spec> {
  /** It takes tokens alone, and learns these of them; left out, it takes whatever its layers do. */
  readonly targets?: readonly TokenShape['targets'][];
  /** The stack that takes rows of the data and ends in its outputs, with no activation on the last: losses work on logits. */
  layers(spec: Spec, data: ModelData): readonly NamedLayer[];
}
