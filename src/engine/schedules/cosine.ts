/**
 * Half a cosine (Loshchilov & Hutter 2017) from the full rate down to `minimum`, which it has reached at update
 * `totalSteps` and keeps: minimum + (α − minimum) (1 + cos π progress) / 2.
 */
import { type Static, Type } from '#typebox';
import type { Resolved } from '../resolved.js';
import type { Schedule } from './schedule.js';
import { warmupField } from './warmup.js';

export const CosineSpec = Type.Object(
  {
    type: Type.Literal('cosine'),
    minimum: Type.Optional(
      Type.Number({ minimum: 0, maximum: 1e30, default: 0, description: 'Learning rate at the end' }),
    ),
    totalSteps: Type.Optional(
      Type.Union([Type.Integer({ minimum: 1, maximum: 1_000_000_000 }), Type.Null()], {
        default: null,
        description: 'Update at which the minimum is reached, the warm-up included; null: the last of the run',
      }),
    ),
    warmup: warmupField,
  },
  { additionalProperties: false },
);
export type CosineSpec = Static<typeof CosineSpec>;

export const cosine: Schedule<Resolved<CosineSpec>> = {
  rate({ minimum, totalSteps, warmup }, at) {
    const progress = Math.min(at.step / Math.max((totalSteps ?? at.totalSteps) - warmup, 1), 1);
    return minimum + ((at.learningRate - minimum) * (1 + Math.cos(Math.PI * progress))) / 2;
  },
};
