/** Every schedule. To add one: its file, its spec in the union, its line in the table; a missing line does not compile. */
import type { Static } from '#typebox';
import type { Resolved } from '../resolved.js';
import { tagged } from '../tagged.js';
import { ConstantSpec, constant } from './constant.js';
import type { Schedule } from './schedule.js';

export const ScheduleSpec = tagged([ConstantSpec], {
  default: { type: 'constant' },
  description: 'The learning rate over the run',
});
export type ScheduleSpec = Static<typeof ScheduleSpec>;
export type ResolvedScheduleSpec = Resolved<ScheduleSpec>;

const schedules: {
  readonly [Type in ScheduleSpec['type']]: Schedule<Extract<ResolvedScheduleSpec, { type: Type }>>;
} = { constant };

export const scheduleOf = (spec: ResolvedScheduleSpec): Schedule<ResolvedScheduleSpec> => schedules[spec.type];
