/** Every schedule. To add one: its file, its spec in the union, its line in the table; a missing line does not compile. */
import type { Static } from '#typebox';
import type { Resolved } from '../resolved.js';
import { tagged } from '../tagged.js';
import { ConstantSpec, constant } from './constant.js';
import { CosineSpec, cosine } from './cosine.js';
import { ExponentialSpec, exponential } from './exponential.js';
import { PlateauSpec, plateau } from './plateau.js';
import type { Schedule, ScheduleAt } from './schedule.js';
import { StepSpec, step } from './step.js';
import { warmupShare } from './warmup.js';

export const ScheduleSpec = tagged([ConstantSpec, StepSpec, ExponentialSpec, CosineSpec, PlateauSpec], {
  default: { type: 'constant' },
  description: 'The learning rate over the run',
});
export type ScheduleSpec = Static<typeof ScheduleSpec>;
export type ResolvedScheduleSpec = Resolved<ScheduleSpec>;

export const schedules: {
  readonly [Type in ScheduleSpec['type']]: Schedule<Extract<ResolvedScheduleSpec, { type: Type }>>;
} = { constant, step, exponential, cosine, plateau };

/** The learning rate of update `at.step`, counted from the start of the run, its warm-up included. */
export function learningRateAt(spec: ResolvedScheduleSpec, at: ScheduleAt): number {
  const { warmup, type } = spec;
  const schedule: Schedule<ResolvedScheduleSpec> = schedules[type];
  if (at.step >= warmup) return schedule.rate(spec, { ...at, step: at.step - warmup });
  return warmupShare(at.step, warmup) * schedule.rate(spec, { ...at, step: 0 });
}
