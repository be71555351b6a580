/** The contract of a layer's writer: the nodes that compute what the engine's layer does when it predicts. */
import type { LayerSpec, Resolved } from '../../../engine/index.js';
import type { OnnxGraph, Value } from '../graph.js';

export type ResolvedLayer = Resolved<LayerSpec>;
export type LayerOf<Type> = Extract<ResolvedLayer, { type: Type }>;

export interface LayerParameter {
  readonly value: Value;
  readonly shape: readonly number[];
}

export interface LayerIo {
  readonly graph: OnnxGraph;
  /** bool [rows, time]: false where there is padding; null where the model takes no tokens. */
  readonly mask: Value | null;
  /** By the name that the layer gave it; undefined where it has none. */
  parameter(name: string): LayerParameter | undefined;
}

/** Writes y = f(x) and returns y. */
export type LayerWriter<Spec> = (spec: Spec, io: LayerIo, x: Value) => Value;
