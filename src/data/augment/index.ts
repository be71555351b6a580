/** The augmentations there are: one file each. */
import { type Static, Type } from '#typebox';
import type { Resolved } from '../../engine/index.js';
import { tagged } from '../../engine/tagged.js';
import type { Augmentation, RowKinds } from './augmentation.js';
import { BrightnessSpec, brightness } from './brightness.js';
import { CropSpec, crop } from './crop.js';
import { CutmixSpec, cutmix } from './cutmix.js';
import { CutoutSpec, cutout } from './cutout.js';
import { FeatureDropoutSpec, featureDropout } from './feature-dropout.js';
import { FlipSpec, flip } from './flip.js';
import { MaskingSpec, masking } from './masking.js';
import { MixupSpec, mixup } from './mixup.js';
import { NoiseSpec, noise } from './noise.js';
import { RotateSpec, rotate } from './rotate.js';
import { ShiftSpec, shift } from './shift.js';
import { TokenDropoutSpec, tokenDropout } from './token-dropout.js';

const AugmentationSpec = tagged([
  FlipSpec,
  ShiftSpec,
  RotateSpec,
  CropSpec,
  BrightnessSpec,
  NoiseSpec,
  CutoutSpec,
  MixupSpec,
  CutmixSpec,
  FeatureDropoutSpec,
  TokenDropoutSpec,
  MaskingSpec,
]);
type AugmentationSpec = Static<typeof AugmentationSpec>;

export const AugmentationsSpec = Type.Array(AugmentationSpec, {
  $id: 'Augmentations',
  default: [],
  maxItems: 16,
  description:
    'Changes to rows of the training split, in this order and drawn anew each epoch. What fits: images take flip, shift, ' +
    'rotate, crop, brightness, noise, cutout, mixup and cutmix; tables noise, mixup (unless categories are embedded) and featureDropout; a column of texts ' +
    'tokenDropout and masking; a text masking. mixup or cutmix comes last',
});

export type ResolvedAugmentation = Resolved<AugmentationSpec>;

export const augmentations: {
  readonly [Type in AugmentationSpec['type']]: Augmentation<Extract<ResolvedAugmentation, { type: Type }>>;
} = {
  flip,
  shift,
  rotate,
  crop,
  brightness,
  noise,
  cutout,
  mixup,
  cutmix,
  featureDropout,
  tokenDropout,
  masking,
};

export const augmentationOf = ({ type }: Pick<ResolvedAugmentation, 'type'>): Augmentation<ResolvedAugmentation> =>
  augmentations[type];

export const mixes = (spec: ResolvedAugmentation): boolean => augmentationOf(spec).mixes !== undefined;

/** Whether it can be applied to rows of a kind. */
export function fits(type: ResolvedAugmentation['type'], kind: keyof RowKinds): boolean {
  const { changes, mixes } = augmentationOf({ type });
  return kind in (changes ?? {}) || kind in (mixes ?? {});
}
