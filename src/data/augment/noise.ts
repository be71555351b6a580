/** Adds normal noise: to every level of an image, or to the numbers and dates of a table's row. */
import { type Static, Type } from '#typebox';
import type { Resolved } from '../../engine/index.js';
import { type Augmentation, closed, probability } from './augmentation.js';
import { clampLevel, greatestLevel } from './pixels.js';

export const NoiseSpec = Type.Object(
  {
    type: Type.Literal('noise'),
    deviation: Type.Optional(
      Type.Number({
        exclusiveMinimum: 0,
        maximum: 10,
        default: 0.05,
        description: 'Of the noise: images, as a share of white; tables, in units of the scaled columns',
      }),
    ),
    probability: probability(),
  },
  closed,
);

export const noise: Augmentation<Resolved<Static<typeof NoiseSpec>>> = {
  changes: {
    image({ deviation }, { values }, draws) {
      for (let pixel = 0; pixel < values.length; pixel++) {
        values[pixel] = clampLevel(values[pixel]! + greatestLevel * deviation * draws.normal());
      }
    },
    table({ deviation }, { values, features }, draws) {
      for (const { first, quantities } of features) {
        for (let input = first; input < first + quantities; input++) values[input]! += deviation * draws.normal();
      }
    },
  },
};
