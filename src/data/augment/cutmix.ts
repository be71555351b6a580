/** A box of another image in place of its own; the targets are shared by area (Yun et al. 2019). */
import { type Static, Type } from '#typebox';
import type { Resolved } from '../../engine/index.js';
import { type Augmentation, closed, probability } from './augmentation.js';
import { beta } from './beta.js';
import { alpha } from './mixup.js';
import { boxAround, fillBox } from './pixels.js';

export const CutmixSpec = Type.Object(
  { type: Type.Literal('cutmix'), alpha: alpha(1), probability: probability() },
  closed,
);

export const cutmix: Augmentation<Resolved<Static<typeof CutmixSpec>>> = {
  mixes: {
    image({ alpha }, row, { values: others }, draws) {
      const [, height, width] = row.shape;
      // A box of the share 1 − λ, as far as it is within the image: what it has covered is what counts.
      const side = Math.sqrt(1 - beta(alpha, draws));
      const middle = { y: draws.integer(height), x: draws.integer(width) };
      const size = { height: Math.floor(side * height), width: Math.floor(side * width) };
      const box = boxAround(row, middle, size);
      fillBox(row, box, (index) => others[index]!);
      return 1 - ((box.bottom - box.top) * (box.right - box.left)) / (height * width);
    },
  },
};
