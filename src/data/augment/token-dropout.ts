/** Takes tokens from a text; those behind move up. */
import { type Static, Type } from '#typebox';
import type { Resolved } from '../../engine/index.js';
import { type Augmentation, closed, probability } from './augmentation.js';
import { rate } from './feature-dropout.js';

export const TokenDropoutSpec = Type.Object(
  { type: Type.Literal('tokenDropout'), rate: rate('tokens'), probability: probability() },
  closed,
);

export const tokenDropout: Augmentation<Resolved<Static<typeof TokenDropoutSpec>>> = {
  changes: {
    text({ rate }, { tokens, padding, firstOrdinary }, draws) {
      let kept = 0;
      for (const token of tokens) {
        if (token < firstOrdinary || draws.uniform() >= rate) tokens[kept++] = token;
      }
      tokens.fill(padding, kept);
    },
  },
};
