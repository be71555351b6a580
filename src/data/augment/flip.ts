/** Mirrors an image: left and right, or top and bottom. */
import { type Static, Type } from '#typebox';
import type { Resolved } from '../../engine/index.js';
import { type Augmentation, closed, probability } from './augmentation.js';
import { redraw } from './pixels.js';

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
      if (direction === 'horizontal') redraw(row, (channel, y, x) => channel[y * width + width - 1 - x]!);
      else redraw(row, (channel, y, x) => channel[(height - 1 - y) * width + x]!);
    },
  },
};
