/** Mirrors an image: left and right, or top and bottom. */
import { type Static, Type } from '#typebox';
import type { Resolved } from '../../engine/index.js';
import { type Augmentation, closed, probability } from './augmentation.js';
import { asItIs, rearrange } from './pixels.js';

export const FlipSpec = Type.Object(
  {
    type: Type.Literal('flip'),
    direction: Type.Optional(
      Type.Enum(['horizontal', 'vertical'], { default: 'horizontal', description: 'horizontal: left becomes right' }),
    ),
    probability: probability(0.5),
  },
  closed,
);

export const flip: Augmentation<Resolved<Static<typeof FlipSpec>>> = {
  changes: {
    image({ direction }, row) {
      const [, height, width] = row.shape;
      if (direction === 'horizontal') rearrange(row, { fromY: asItIs, fromX: (x) => width - 1 - x });
      else rearrange(row, { fromY: (y) => height - 1 - y, fromX: asItIs });
    },
  },
};
