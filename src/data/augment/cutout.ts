/** Covers a square of an image, whose middle is any pixel and which may reach beyond the border (DeVries & Taylor 2017). */
import { type Static, Type } from '#typebox';
import type { Resolved } from '../../engine/index.js';
import { type Augmentation, closed, fill, probability } from './augmentation.js';
import { boxAround, fillBox } from './pixels.js';

export const CutoutSpec = Type.Object(
  {
    type: Type.Literal('cutout'),
    size: Type.Optional(Type.Integer({ minimum: 1, maximum: 4096, default: 8, description: 'Pixels of its side' })),
    fill,
    probability: probability(),
  },
  closed,
);

export const cutout: Augmentation<Resolved<Static<typeof CutoutSpec>>> = {
  changes: {
    image({ size, fill }, row, draws) {
      const [, height, width] = row.shape;
      const middle = { y: draws.integer(height), x: draws.integer(width) };
      fillBox(row, boxAround(row, middle, { height: size, width: size }), () => fill);
    },
  },
};
