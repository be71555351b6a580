/**
 * Checkpoints: the rows are the manifest of what may be resumed from; the files are artifacts. Which of them stay is in
 * checkpoint-keeping.ts.
 */
import { createHash } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { Checkpoint } from '../schemas/run.js';
import { type Db, inTransaction } from './database.js';
import { addEvent } from './events.js';
import { lockRun, type RunKey } from './fence.js';
import { json } from './json.js';
import { decodeCursor, type PageOf, type PageRequest, toPage } from './page.js';
import type { CheckpointsTable } from './tables.js';

export type CheckpointRow = Selectable<CheckpointsTable>;

export interface NewCheckpoint extends RunKey {
  id: string;
  step: number;
  trainingEpoch: number;
  kind: Checkpoint['kind'];
  best: boolean;
  artifactKey: string;
  bytes: number;
  sha256: string;
  metrics: Checkpoint['metrics'];
  /** How long it took, from the bytes to this row. */
  storedSeconds?: number;
}

/** Of a run that goes on: a file, its hash, and the step after which it was written. */
export interface ResumePoint {
  id: string;
  key: string;
  sha256: string;
  chainSha256: string;
  bytes: number;
  step: number;
}

/**
 * Records a checkpoint whose file is durable already, with its event. One that lies further than any before it is
 * progress: the job's failed attempts are forgotten. Each continues the chain of hashes of the furthest before it. At most one checkpoint of a job is `best`. Throws StaleEpochError.
 */
export function insertCheckpoint(db: Db, { metrics, ...checkpoint }: NewCheckpoint): Promise<void> {
  const { jobId, id, step, trainingEpoch, kind, best } = checkpoint;
  return inTransaction(db, async (trx) => {
    const { tenantId } = await lockRun(trx, checkpoint);
    const furthest = await latestCheckpoint(trx, jobId);
    const chainSha256 = createHash('sha256')
      .update(`${furthest?.chainSha256 ?? ''}${checkpoint.sha256}`)
      .digest('hex');
    if (best) {
      await trx
        .updateTable('checkpoints')
        .set({ best: false })
        .where('jobId', '=', jobId)
        .where('best', '=', true)
        .execute();
    }
    await trx
      .insertInto('checkpoints')
      .values({ ...checkpoint, tenantId, chainSha256, metrics: json(metrics) })
      .execute();
    if (step > (furthest?.step ?? -1)) {
      await trx
        .updateTable('jobs')
        .set({ attemptsWithoutProgress: 0, suspect: false })
        .where('id', '=', jobId)
        .execute();
    }
    await addEvent(trx, jobId, { type: 'checkpoint', data: { id, step, epoch: trainingEpoch, kind, best } });
  });
}

/** The furthest checkpoint of a job that is not known to be damaged, or null. */
export async function latestCheckpoint(db: Db, jobId: string): Promise<ResumePoint | null> {
  const row = await db
    .selectFrom('checkpoints')
    .select(['id', 'artifactKey as key', 'sha256', 'chainSha256', 'bytes', 'step'])
    .where('jobId', '=', jobId)
    .where('verifiedOk', '=', true)
    .orderBy('step', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

/** Id of the job's checkpoint of these very bytes and kind: what a run that broke off after its last step had written. */
export async function findEqualCheckpoint(
  db: Db,
  { jobId, step, kind, sha256 }: Pick<NewCheckpoint, 'jobId' | 'step' | 'kind' | 'sha256'>,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('checkpoints')
    .select('id')
    .where('jobId', '=', jobId)
    .where('step', '=', step)
    .where('kind', '=', kind)
    .where('sha256', '=', sha256)
    .executeTakeFirst();
  return row?.id;
}

export async function getCheckpoint(
  db: Db,
  { tenantId, id }: { tenantId: string; id: string },
): Promise<CheckpointRow | undefined> {
  return db
    .selectFrom('checkpoints')
    .selectAll()
    .where('tenantId', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** Newest first. */
export async function listCheckpoints(
  db: Db,
  { tenantId, jobId, cursor, limit }: PageRequest & { tenantId: string; jobId: string },
): Promise<PageOf<CheckpointRow>> {
  let query = db
    .selectFrom('checkpoints')
    .selectAll()
    .where('tenantId', '=', tenantId)
    .where('jobId', '=', jobId)
    .orderBy('id', 'desc')
    .limit(limit + 1);
  if (cursor !== undefined) query = query.where('id', '<', decodeCursor(cursor, 'checkpoint'));
  return toPage(await query.execute(), limit);
}

/** All of a job's, the furthest first. */
export async function checkpointsOfJob(db: Db, jobId: string): Promise<CheckpointRow[]> {
  return db
    .selectFrom('checkpoints')
    .selectAll()
    .where('jobId', '=', jobId)
    .orderBy('step', 'desc')
    .orderBy('id', 'desc')
    .execute();
}
