/** y = x where x > 0, else α (eˣ − 1) (Clevert et al. 2016); its derivative is 1 or α eˣ = y + α. */
import { type Static, Type } from '#typebox';
import { activationLayer, defaultAlpha, eluOf } from './activation.js';
import type { Layer } from './layer.js';

export const EluSpec = Type.Object(
  {
    type: Type.Literal('elu'),
    alpha: Type.Optional(
      Type.Number({ exclusiveMinimum: 0, maximum: 100, default: defaultAlpha, description: 'Where it ends: −α' }),
    ),
  },
  { additionalProperties: false },
);
export type EluSpec = Static<typeof EluSpec>;

export const elu: Layer<EluSpec> = activationLayer(({ alpha = defaultAlpha }) => eluOf(alpha));
