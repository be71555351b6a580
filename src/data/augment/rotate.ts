/**
 * Turns an image about its middle, its pixels interpolated bilinearly: what torch.nn.functional.grid_sample gives for a
 * rotation by affine_grid (align_corners=False).
 */
import { type Static, Type } from '#typebox';
import type { Resolved } from '../../engine/index.js';
import { type Augmentation, closed, fill, type ImageRow, probability } from './augmentation.js';

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
      turn(row, { cos: Math.cos(angle), sin: Math.sin(angle), fill });
    },
  },
};

function turn(
  { values, shape, before }: ImageRow,
  { cos, sin, fill }: { cos: number; sin: number; fill: number },
): void {
  const [channels, height, width] = shape;
  const [middleY, middleX] = [(height - 1) / 2, (width - 1) / 2];
  before.set(values);
  let at = 0;
  for (let c = 0; c < channels; c++) {
    const first = c * height * width;
    const pixel = (y: number, x: number): number =>
      y >= 0 && y < height && x >= 0 && x < width ? before[first + y * width + x]! : fill;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const fromY = middleY + sin * (x - middleX) + cos * (y - middleY);
        const fromX = middleX + cos * (x - middleX) - sin * (y - middleY);
        const top = Math.floor(fromY);
        const left = Math.floor(fromX);
        const right = fromX - left;
        const upper = pixel(top, left) * (1 - right) + pixel(top, left + 1) * right;
        const lower = pixel(top + 1, left) * (1 - right) + pixel(top + 1, left + 1) * right;
        values[at++] = upper + (lower - upper) * (fromY - top);
      }
    }
  }
}
