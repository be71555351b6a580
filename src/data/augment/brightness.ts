/** Multiplies every level of an image by one factor around 1. */
import { type Static, Type } from '#typebox';
import type { Resolved } from '../../engine/index.js';
import { type Augmentation, closed, probability } from './augmentation.js';
import { clampLevel } from './pixels.js';

export const BrightnessSpec = Type.Object(
  {
    type: Type.Literal('brightness'),
    change: Type.Optional(
      Type.Number({
        exclusiveMinimum: 0,
        maximum: 1,
        default: 0.2,
        description: 'The factor is from 1 − it to 1 + it',
      }),
    ),
    probability: probability(),
  },
  closed,
);

export const brightness: Augmentation<Resolved<Static<typeof BrightnessSpec>>> = {
  changes: {
    image({ change }, { values }, draws) {
      const factor = 1 + change * (2 * draws.uniform() - 1);
      for (let pixel = 0; pixel < values.length; pixel++) values[pixel] = clampLevel(factor * values[pixel]!);
    },
  },
};
