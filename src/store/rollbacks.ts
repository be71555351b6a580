/** Where a run was rolled back. Each begins a segment of its metrics, numbered by how many there were. */
import { type Db, inTransaction } from './database.js';
import { addEvent, lastStepOf } from './events.js';
import { lockRun, type RunKey } from './fence.js';
import { json } from './json.js';

/** As the row keeps it. */
export interface RecordedRollback {
  segment: number;
  step: number;
  /** What earlier segments say of steps after this one no longer holds. */
  to: number;
}

/**
 * Records a rollback with its event. One that an attempt before has made, and told, is made again and not told again.
 * Throws StaleEpochError.
 */
export function addRollback(
  db: Db,
  { segment, step, to, told, ...run }: RunKey & RecordedRollback & { told: Record<string, unknown> },
): Promise<void> {
  return inTransaction(db, async (trx) => {
    const { rollbacks } = await lockRun(trx, run);
    const others = rollbacks.filter((rollback) => rollback.segment !== segment);
    await trx
      .updateTable('jobs')
      .set({ rollbacks: json([...others, { segment, step, to }]) })
      .where('id', '=', run.jobId)
      .execute();
    if (step <= (await lastStepOf(trx, run.jobId, 'rollback'))) return;
    await addEvent(trx, run.jobId, { type: 'rollback', data: { step, to, segment, ...told } });
  });
}
