/**
 * The fence: a run's writes carry the epoch that its claim was given. Whoever finds the row at another epoch, or no
 * longer held, has lost the run to another consumer and must stop.
 */
import type { Selectable } from 'kysely';
import type { JobState } from '../schemas/job.js';
import type { Trx } from './database.js';
import type { JobsTable } from './tables.js';

/** States in which a consumer holds the job. */
export const heldStates = ['running', 'pausing', 'cancelling'] as const satisfies readonly JobState[];

export interface RunKey {
  jobId: string;
  epoch: number;
}

export class StaleEpochError extends Error {
  readonly code = 'stale_epoch';
  override name = 'StaleEpochError';

  constructor({ jobId, epoch }: RunKey) {
    super(`${jobId}: epoch ${epoch} no longer holds this job`);
  }
}

export type JobRow = Selectable<JobsTable>;

/** Locks the row of a run until the transaction ends. Throws StaleEpochError where `epoch` does not hold it. */
export async function lockRun(trx: Trx, run: RunKey): Promise<JobRow> {
  const row = await trx
    .selectFrom('jobs')
    .selectAll()
    .where('id', '=', run.jobId)
    .where('epoch', '=', run.epoch)
    .where('state', 'in', heldStates)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!row) throw new StaleEpochError(run);
  return row;
}
