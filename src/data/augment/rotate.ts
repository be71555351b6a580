/**
 * Turns an image about its middle, its pixels interpolated bilinearly: what torch.nn.functional.grid_sample gives for a
 * rotation by affine_grid (align_corners=False).
 */
import { type Static, Type } from '#typebox';
import type { Resolved } from '../../engine/index.js';
import { type Augmentation, closed, fill, probability } from './augmentation.js';
import { redraw } from './pixels.js';

export const RotateSpec = Type.Object(
  {
    type: Type.Literal('rotate'),
    degrees: Type.Optional(
      Type.Number({ exclusiveMinimum: 0, maximum: 180, default: 10, description: 'At most, either way' }),
    ),
    fill,
    probability: probability(),
  },
  closed,
);

export const rotate: Augmentation<Resolved<Static<typeof RotateSpec>>> = {
  changes: {
    image({ degrees, fill }, row, draws) {
      const angle = ((2 * draws.uniform() - 1) * degrees * Math.PI) / 180;
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      const [, height, width] = row.shape;
      const [middleY, middleX] = [(height - 1) / 2, (width - 1) / 2];
      redraw(row, (channel, y, x) => {
        const [dy, dx] = [y - middleY, x - middleX];
        const [fromY, fromX] = [middleY + sin * dx + cos * dy, middleX + cos * dx - sin * dy];
        const [top, left] = [Math.floor(fromY), Math.floor(fromX)];
        const [below, right] = [fromY - top, fromX - left];
        const at = (y: number, x: number) =>
          y >= 0 && y < height && x >= 0 && x < width ? channel[y * width + x]! : fill;
        const upper = at(top, left) * (1 - right) + at(top, left + 1) * right;
        const lower = at(top + 1, left) * (1 - right) + at(top + 1, left + 1) * right;
        return upper * (1 - below) + lower * below;
      });
    },
  },
};
