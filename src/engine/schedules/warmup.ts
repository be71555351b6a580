/** Linear warm-up (Goyal et al. 2017), which may stand in front of any schedule: a field that each of them has. */
import { Type } from '#typebox';

export const warmupField = Type.Optional(
  Type.Integer({
    minimum: 0,
    maximum: 1_000_000_000,
    default: 0,
    description: 'Updates over which the learning rate rises to its full height; the schedule begins behind them',
  }),
);

/** Share of the full rate at an update within the warm-up: (step + 1) / (warmup + 1), so that none is without effect. */
export const warmupShare = (step: number, warmup: number): number => (step + 1) / (warmup + 1);
