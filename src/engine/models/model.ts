/** The contract of a model: a spec that stands for a stack of named layers. */
import type { Initializer } from '../initializers.js';
import type { LayerSpec } from '../layers/index.js';
import type { ParameterSpec } from '../layers/layer.js';
import type { Shape } from '../shape.js';

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

export interface Model<Spec> {
  /**
   * The stack that takes rows of `inputShape` and ends in `outputs` values a row, with no activation on the last: losses
   * work on logits.
   */
  layers(spec: Spec, outputs: number, inputShape: Shape): readonly NamedLayer[];
}
