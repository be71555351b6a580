/**
 * Which checkpoints stay. Whoever deletes, be it a run that prunes or a client, holds the job's row and leaves alone what
 * a model rests on, what is pinned, what somebody is downloading, and the furthest one that is sound.
 */
import { sql } from 'kysely';
import { Problem } from '../errors.js';
import { type CheckpointRow, getCheckpoint, latestCheckpoint } from './checkpoints.js';
import { type Db, inTransaction, type Trx } from './database.js';
import { addEvent } from './events.js';
import { lockRun, type RunKey } from './fence.js';
import { lockJob } from './transition.js';

type Owned = { tenantId: string; id: string };

/** Drops the rows of superseded checkpoints that nothing keeps; returns the keys of their files, for after the commit. */
export function deleteCheckpoints(db: Db, { ids, ...run }: RunKey & { ids: string[] }): Promise<string[]> {
  return inTransaction(db, async (trx) => {
    await lockRun(trx, run);
    const kept = await keepers(trx, run.jobId, ids);
    const unkept = ids.filter((id) => !kept.has(id));
    const rows = await trx
      .deleteFrom('checkpoints')
      .where('jobId', '=', run.jobId)
      .where('id', '=', sql<string>`any(${unkept})`)
      .returning('artifactKey')
      .execute();
    return rows.map((row) => row.artifactKey);
  });
}

/** The same for one, as a client asks. Throws Problem `not_found`, or `in_use` with what keeps it. */
export function deleteCheckpoint(db: Db, owned: Owned): Promise<{ artifactKey: string }> {
  return withJob(db, owned, async (trx, { id, jobId, artifactKey }) => {
    const reason = (await keepers(trx, jobId, [id])).get(id);
    if (reason !== undefined) throw new Problem('in_use', `${id} ${reason}`);
    await trx.deleteFrom('checkpoints').where('id', '=', id).execute();
    return { artifactKey };
  });
}

/**
 * Pins a checkpoint, or lets it go. Throws Problem `not_found`, or `quota_exceeded` where the pinned ones of its job would
 * take more than `maxBytes`.
 */
export function pinCheckpoint(
  db: Db,
  { pinned, maxBytes, ...owned }: Owned & { pinned: boolean; maxBytes: number },
): Promise<CheckpointRow> {
  return withJob(db, owned, async (trx, { id, jobId, bytes }) => {
    const others = await trx
      .selectFrom('checkpoints')
      .select((eb) => eb.fn.coalesce(eb.fn.sum<number>('bytes'), sql<number>`0`).as('bytes'))
      .where('jobId', '=', jobId)
      .where('pinned', '=', true)
      .where('id', '!=', id)
      .executeTakeFirstOrThrow();
    const total = Number(others.bytes) + bytes;
    if (pinned && total > maxBytes) {
      throw new Problem(
        'quota_exceeded',
        `The pinned checkpoints of ${jobId} would take ${total} of ${maxBytes} bytes`,
      );
    }
    return trx.updateTable('checkpoints').set({ pinned }).where('id', '=', id).returningAll().executeTakeFirstOrThrow();
  });
}

/**
 * Records what a reading of the whole file showed; the first that finds it damaged is an event of the job. Undefined where
 * the checkpoint is gone.
 */
export function recordVerification(
  db: Db,
  { id, jobId, ok }: { id: string; jobId: string; ok: boolean },
): Promise<CheckpointRow | undefined> {
  return inTransaction(db, async (trx) => {
    if (!ok) await lockJob(trx, { jobId }); // before the checkpoint's, as everywhere
    const before = await trx
      .selectFrom('checkpoints')
      .select(['step', 'verifiedOk'])
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    if (before === undefined) return undefined;
    if (before.verifiedOk && !ok) {
      await addEvent(trx, jobId, { type: 'warning', data: { code: 'checkpoint_damaged', id, step: before.step } });
    }
    return trx
      .updateTable('checkpoints')
      .set({ verifiedOk: ok, verifiedAt: sql<Date>`clock_timestamp()` })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
  });
}

function withJob<T>(db: Db, owned: Owned, work: (trx: Trx, row: CheckpointRow) => Promise<T>): Promise<T> {
  return inTransaction(db, async (trx) => {
    const row = await getCheckpoint(trx, owned);
    const missing = new Problem('not_found', `There is no checkpoint ${owned.id}`);
    if (row === undefined) throw missing;
    await lockJob(trx, { jobId: row.jobId, tenantId: owned.tenantId });
    const current = await getCheckpoint(trx, owned); // pruned, while the lock was waited for?
    if (current === undefined) throw missing;
    return work(trx, current);
  });
}

/** id → what keeps it, for those of `ids` that something keeps. The job's row is locked. */
async function keepers(trx: Trx, jobId: string, ids: string[]): Promise<Map<string, string>> {
  // A reader that comes now waits for this lock, and one that was faster is seen by the next statement.
  await trx.selectFrom('checkpoints').select('id').where('id', '=', sql<string>`any(${ids})`).forUpdate().execute();
  const last = await latestCheckpoint(trx, jobId);
  const rows = await trx
    .selectFrom('checkpoints')
    .select(['id', 'pinned'])
    .select(({ exists, selectFrom }) => [
      exists(selectFrom('models').select('id').whereRef('checkpointId', '=', 'checkpoints.id')).as('hasModel'),
      exists(
        selectFrom('checkpointReaders')
          .select('id')
          .whereRef('checkpointId', '=', 'checkpoints.id')
          .where('until', '>', sql<Date>`clock_timestamp()`),
      ).as('hasReader'),
    ])
    .where('id', '=', sql<string>`any(${ids})`)
    .execute();
  const reasons = new Map<string, string>();
  for (const { id, pinned, hasModel, hasReader } of rows) {
    if (id === last?.id) reasons.set(id, 'is the last sound one of its job');
    else if (hasModel) reasons.set(id, 'is what a model rests on');
    else if (pinned) reasons.set(id, 'is pinned');
    else if (hasReader) reasons.set(id, 'is being downloaded');
  }
  return reasons;
}
