/**
 * The reconciler makes the queue agree with the rows: it gives back runs whose heartbeat has expired, adds the hints
 * of queued jobs that the queue does not have, and lets sweeps advance. Every process runs one; an advisory lock lets one at a
 * time do the former.
 */
import { sql } from 'kysely';
import { repeat } from '../repeat.js';
import type { Db } from '../store/database.js';
import { openHints, releaseExpired } from '../store/runs.js';
import type { QueueLog, TrainingQueue } from './index.js';

/** Hints looked after at once: those that are to run next. The others' turn comes as these leave the state `queued`. */
const hintsAtOnce = 100;
/** "trai": the second half of the lock's key; the first is the schema. */
const lockKey = 0x74726169;

export interface ReconcilerOptions {
  db: Db;
  queue: Pick<TrainingQueue, 'hint' | 'missing'>;
  leaseSeconds: number;
  /** What rows ask for beyond their hints: the trials of sweeps. */
  advance(): Promise<void>;
  intervalMs?: number;
  log: QueueLog;
}

/** Reconciles at once and then every `intervalMs` after the last time, until closed. Failures are logged and retried. */
export function startReconciler(options: ReconcilerOptions): { close(): Promise<void> } {
  const { intervalMs = 1000, log } = options;
  return repeat(() => reconcile(options), {
    intervalMs,
    onError: (error) => log.warn({ err: error }, 'could not reconcile'),
  });
}

/** One pass; does nothing while another process is at it. */
export async function reconcile({ db, queue, leaseSeconds, advance }: ReconcilerOptions): Promise<void> {
  const addHints = async () => {
    for (const hint of await queue.missing(await openHints(db, hintsAtOnce))) await queue.hint(hint);
  };
  const isMine = await db.transaction().execute(async (trx) => {
    // Held until the transaction ends; the work itself is done in transactions of its own.
    const { rows } = await sql<{ mine: boolean }>`
      select pg_try_advisory_xact_lock(hashtext(current_schema()), ${lockKey}) as mine`.execute(trx);
    if (!rows[0]?.mine) return false;
    await releaseExpired(db, leaseSeconds);
    await addHints();
    return true;
  });
  if (!isMine) return;
  await advance(); // without the lock: planning takes its time, and locks each sweep itself
  await addHints();
}
