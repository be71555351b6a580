/**
 * What clients ask of a job that exists: pause, resume, cancel, a change of its training. A job that nobody runs obeys at once; the consumer of one
 * that runs reads the request in the row. Asking for what is so already, or is about to be, changes nothing.
 */
import type { RecordedEdit, TrainingEdit } from '../schemas/edits.js';
import type { CancelMode } from '../schemas/job.js';
import { type Db, inTransaction, type Trx } from './database.js';
import type { JobRow } from './fence.js';
import { json } from './json.js';
import { takeQuota } from './quotas.js';
import { illegalTransition, isTerminal, lockJob, transition } from './transition.js';

interface Owned {
  tenantId: string;
  id: string;
}

const actor = 'client';
/** Why a trial of a sweep is paused: it has come to `stopAt`. Resumed by hand, it goes on to its end. */
export const atRung = 'rung';

/** Throws Problem `not_found`, or `illegal_transition` for a job that is being cancelled or has ended. */
export function requestPause(db: Db, owned: Owned): Promise<JobRow> {
  return ask(db, owned, async (trx, { id: jobId, ...job }) => {
    if (job.state === 'paused' || job.state === 'pausing') return null;
    return transition(trx, { jobId, to: job.state === 'running' ? 'pausing' : 'paused', actor });
  });
}

/**
 * Queues a paused job. With `allowKernelChange` consumers of another fingerprint may take it, also one that is queued
 * already: that is recorded as a pause and a resumption.
 * Throws Problem `not_found`, or `illegal_transition` for one that is neither paused nor under way.
 */
export function requestResume(
  db: Db,
  { allowKernelChange = false, ...owned }: Owned & { allowKernelChange?: boolean },
): Promise<JobRow> {
  return ask(db, owned, async (trx, { id: jobId, ...job }) => {
    const allowed = allowKernelChange && !job.allowKernelChange;
    const permission = { reason: 'other kernels are allowed', set: { allowKernelChange: true } };
    if (job.state === 'running' || (job.state === 'queued' && !allowed)) return null;
    if (job.state === 'queued') await transition(trx, { jobId, to: 'paused', actor });
    const set = { ...(allowed && permission.set), ...(job.reason === atRung && { stopAt: null }) };
    return transition(trx, { jobId, to: 'queued', actor, ...(allowed && permission), set });
  });
}

/**
 * Cancels; `immediate` does without the last checkpoint, also where one with it was asked for before.
 * Throws Problem `not_found`, or `illegal_transition` for a job that succeeded or failed.
 */
export function requestCancel(db: Db, { mode, ...owned }: Owned & { mode: CancelMode }): Promise<JobRow> {
  return ask(db, owned, async (trx, { id: jobId, ...job }) => {
    if (job.state === 'cancelled') return null;
    if (job.state === 'cancelling') return mode === 'immediate' ? hurry(trx, jobId) : null;
    const held = job.state === 'running' || job.state === 'pausing';
    return transition(trx, { jobId, to: held ? 'cancelling' : 'cancelled', actor, set: { cancelMode: mode } });
  });
}

interface EditRequest {
  edit: TrainingEdit;
  isChange(job: JobRow): boolean;
}

/**
 * Notes a change to a job's training, which its run will find. `isChange` judges it by the job as it is then: false where it
 * changes nothing, and a Problem thrown where it cannot be.
 * Throws Problem `not_found`, `illegal_transition` for a job that is being cancelled or has ended, or `quota_exceeded`.
 */
export function requestEdit(db: Db, { edit, isChange, ...owned }: Owned & EditRequest): Promise<JobRow> {
  return ask(db, owned, async (trx, job) => {
    if (isTerminal(job.state) || job.state === 'cancelling') throw illegalTransition(job, 'edited');
    if (!isChange(job)) return null;
    // A run may refuse to take fewer: what is too much of the promise is given back at its end.
    const promisedSteps = Math.max(job.promisedSteps, edit.steps ?? 0);
    await takeQuota(trx, job.tenantId, { steps: promisedSteps - job.promisedSteps });
    const recorded: RecordedEdit = { ...edit, at: new Date().toISOString(), step: null, refused: null };
    return trx
      .updateTable('jobs')
      .set({ edits: json([...job.edits, recorded]), promisedSteps })
      .where('id', '=', job.id)
      .returningAll()
      .executeTakeFirstOrThrow();
  });
}

/** The job as `change` leaves it; null: as it was. */
function ask(
  db: Db,
  { tenantId, id }: Owned,
  change: (trx: Trx, job: JobRow) => Promise<JobRow | null>,
): Promise<JobRow> {
  return inTransaction(db, async (trx) => {
    const { now: _, ...job } = await lockJob(trx, { jobId: id, tenantId });
    return (await change(trx, job)) ?? job;
  });
}

function hurry(trx: Trx, jobId: string): Promise<JobRow> {
  return trx
    .updateTable('jobs')
    .set({ cancelMode: 'immediate' })
    .where('id', '=', jobId)
    .returningAll()
    .executeTakeFirstOrThrow();
}
