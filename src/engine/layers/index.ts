/** Every layer. To add one: its file, its spec in the union, its line in the table; a missing line does not compile. */
import type { Static } from '#typebox';
import { tagged } from '../tagged.js';
import { DenseSpec, dense } from './dense.js';
import { DropoutSpec, dropout } from './dropout.js';
import type { Layer } from './layer.js';
import { ReluSpec, relu } from './relu.js';
import { SigmoidSpec, sigmoid } from './sigmoid.js';
import { TanhSpec, tanh } from './tanh.js';

export const LayerSpec = tagged([DenseSpec, ReluSpec, SigmoidSpec, TanhSpec, DropoutSpec]);
export type LayerSpec = Static<typeof LayerSpec>;

export const layers: { readonly [Type in LayerSpec['type']]: Layer<Extract<LayerSpec, { type: Type }>> } = {
  dense,
  relu,
  sigmoid,
  tanh,
  dropout,
};

export const layerOf = (spec: LayerSpec): Layer<LayerSpec> => layers[spec.type];
