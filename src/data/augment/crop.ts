/** Pads an image on all sides and cuts one of its former size out of that, anywhere. */
import { type Static, Type } from '#typebox';
import type { Resolved } from '../../engine/index.js';
import { type Augmentation, closed, fill, probability } from './augmentation.js';
import { rearrange, within } from './pixels.js';

export const CropSpec = Type.Object(
  {
    type: Type.Literal('crop'),
    padding: Type.Optional(Type.Integer({ minimum: 1, maximum: 1024, default: 4, description: 'Pixels on each side' })),
    mode: Type.Optional(
      Type.Enum(['constant', 'edge', 'reflect'], {
        default: 'constant',
        description: 'What is padded with: fill; the outermost pixels; the image mirrored at them',
      }),
    ),
    fill,
    probability: probability(),
  },
  closed,
);
type CropSpec = Resolved<Static<typeof CropSpec>>;

export const crop: Augmentation<CropSpec> = {
  changes: {
    image({ padding, mode, fill }, row, draws) {
      const [, height, width] = row.shape;
      const [top, left] = [draws.integer(2 * padding + 1), draws.integer(2 * padding + 1)];
      const place = places[mode];
      rearrange(row, {
        fromY: (y) => place(y + top - padding, height),
        fromX: (x) => place(x + left - padding, width),
        fill,
      });
    },
  },
};

/** Which of `length` pixels stands at a place inside or outside of them; −1 where none does. */
const places: Record<CropSpec['mode'], (place: number, length: number) => number> = {
  constant: within,
  edge: (place, length) => Math.max(0, Math.min(length - 1, place)),
  // … 2 1 | 0 1 2 | 1 0 …
  reflect(place, length) {
    const period = Math.max(1, 2 * (length - 1));
    const folded = ((place % period) + period) % period;
    return Math.min(folded, period - folded);
  },
};
