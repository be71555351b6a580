/** Moves an image by whole pixels, down or up and to the right or left, each by at most a share of its size. */
import { type Static, Type } from '#typebox';
import type { Resolved } from '../../engine/index.js';
import { type Augmentation, closed, fill, probability } from './augmentation.js';
import { rearrange, within } from './pixels.js';

const share = (of: string) =>
  Type.Optional(Type.Number({ minimum: 0, maximum: 1, default: 0.1, description: `At most this share of the ${of}` }));

export const ShiftSpec = Type.Object(
  { type: Type.Literal('shift'), height: share('height'), width: share('width'), fill, probability: probability() },
  closed,
);

export const shift: Augmentation<Resolved<Static<typeof ShiftSpec>>> = {
  changes: {
    image(spec, row, draws) {
      const [, height, width] = row.shape;
      const most = [Math.round(spec.height * height), Math.round(spec.width * width)] as const;
      const [down, right] = most.map((pixels) => draws.integer(2 * pixels + 1) - pixels) as [number, number];
      rearrange(row, {
        fromY: (y) => within(y - down, height),
        fromX: (x) => within(x - right, width),
        fill: spec.fill,
      });
    },
  },
};
