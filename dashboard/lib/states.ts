/** What a job's state lets it do. */
import type { JobState } from '../../src/schemas/job.js';

const ended: readonly JobState[] = ['succeeded', 'failed', 'cancelled'];

/** Something will still happen to it, by itself. */
export const isOpen = (state: JobState): boolean => !ended.includes(state) && state !== 'paused';

export type JobAction = 'pause' | 'resume' | 'cancel' | 'retry';

export const actions: Record<JobState, readonly JobAction[]> = {
  queued: ['pause', 'cancel'],
  running: ['pause', 'cancel'],
  pausing: ['cancel'],
  paused: ['resume', 'cancel'],
  cancelling: [],
  succeeded: [],
  failed: ['retry'],
  cancelled: ['retry'],
};

export const jobStates = Object.keys(actions) as JobState[];

export const canBeDeleted = (state: JobState): boolean => ended.includes(state);
