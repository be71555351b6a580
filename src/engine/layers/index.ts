/** Every layer: those of leaves.ts, and those that hold other layers. */
import type { Static } from '#typebox';
import { tagged } from '../tagged.js';
import type { Layer } from './layer.js';
import { leafSpecs, leaves } from './leaves.js';
import { ResidualSpec, residual } from './residual.js';

export const LayerSpec = tagged([...leafSpecs, ResidualSpec]);
export type LayerSpec = Static<typeof LayerSpec>;

export const layers: { readonly [Type in LayerSpec['type']]: Layer<Extract<LayerSpec, { type: Type }>> } = {
  ...leaves,
  residual,
};

export const layerOf = (spec: LayerSpec): Layer<LayerSpec> => layers[spec.type];
