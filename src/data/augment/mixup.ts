/** λ of a row and 1 − λ of another one, inputs and targets (Zhang et al. 2018). */
import { type Static, Type } from '#typebox';
import type { Draws, Resolved } from '../../engine/index.js';
import { type Augmentation, closed, probability } from './augmentation.js';
import { beta } from './beta.js';

/** λ ~ Beta(alpha, alpha). */
export const alpha = (fallback: number) =>
  Type.Optional(
    Type.Number({
      minimum: 0.01,
      maximum: 100,
      default: fallback,
      description:
        'The share that a row keeps is drawn from Beta(alpha, alpha): 1 is uniform, less is nearer to 0 and 1',
    }),
  );

export const MixupSpec = Type.Object(
  { type: Type.Literal('mixup'), alpha: alpha(0.2), probability: probability() },
  closed,
);
type MixupSpec = Resolved<Static<typeof MixupSpec>>;

interface Values {
  readonly values: Float32Array;
}

function mix({ alpha }: MixupSpec, { values }: Values, other: Values, draws: Draws): number {
  const kept = beta(alpha, draws);
  for (let at = 0; at < values.length; at++) values[at] = kept * values[at]! + (1 - kept) * other.values[at]!;
  return kept;
}

export const mixup: Augmentation<MixupSpec> = { mixes: { image: mix, table: mix } };
