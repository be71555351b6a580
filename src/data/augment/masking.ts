/** Makes tokens of a text unknown; what a language model is to tell next stays as it is. */
import { type Static, Type } from '#typebox';
import type { Draws, Resolved } from '../../engine/index.js';
import { type Augmentation, closed, probability, type TokenRow } from './augmentation.js';
import { rate } from './feature-dropout.js';

export const MaskingSpec = Type.Object(
  { type: Type.Literal('masking'), rate: rate('tokens'), probability: probability() },
  closed,
);
type MaskingSpec = Resolved<Static<typeof MaskingSpec>>;

function mask({ rate }: MaskingSpec, { tokens, unknown, firstOrdinary }: TokenRow, draws: Draws): void {
  tokens.forEach((token, index) => {
    if (token >= firstOrdinary && draws.uniform() < rate) tokens[index] = unknown;
  });
}

export const masking: Augmentation<MaskingSpec> = { changes: { text: mask, window: mask } };
