/** y = x where x > 0, else slope · x (Maas et al. 2013); its derivative is 1 or the slope. */
import { type Static, Type } from '#typebox';
import { activationLayer, defaultSlope, leakyReluOf } from './activation.js';
import type { Layer } from './layer.js';

export const LeakyReluSpec = Type.Object(
  {
    type: Type.Literal('leakyRelu'),
    slope: Type.Optional(
      Type.Number({ exclusiveMinimum: 0, maximum: 1, default: defaultSlope, description: 'Of the negative side' }),
    ),
  },
  { additionalProperties: false },
);
export type LeakyReluSpec = Static<typeof LeakyReluSpec>;

export const leakyRelu: Layer<LeakyReluSpec> = activationLayer(({ slope = defaultSlope }) => leakyReluOf(slope));
