/** The contract of a model: a spec that stands for a stack of named layers. */
import type { LayerSpec } from '../layers/index.js';

export interface NamedLayer {
  /** As it stands in the plan, in errors and in the checkpoint's tensor names: `hidden.0`. */
  readonly name: string;
  readonly spec: LayerSpec;
  /** JSON pointer to what in the engine spec gave the layer its size. */
  readonly path: string;
}

export interface Model<Spec> {
  /** The stack that ends in `outputs` values a row, with no activation on the last: losses work on logits. */
  layers(spec: Spec, outputs: number): readonly NamedLayer[];
}
