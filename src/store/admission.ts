/**
 * Before a claim: what a queued job demands of a consumer, and, where it is not met, why the job waits. The claim looks
 * again under the row's lock.
 */
import { sql } from 'kysely';
import type { Db } from './database.js';
import type { Hint } from './runs.js';

export interface Demand {
  peakBytes: number;
  suspect: boolean;
  /** Of its checkpoints, if they may be resumed under no other; null: any. */
  fingerprint: string | null;
}

/** The demand of the hint's job, if the hint is still good. */
export async function demandOf(
  db: Db,
  { jobId, generation }: Pick<Hint, 'jobId' | 'generation'>,
): Promise<Demand | undefined> {
  return db
    .selectFrom('jobs')
    .select(['peakBytes', 'suspect'])
    .select(
      sql<string | null>`case when not allow_kernel_change
        and exists (select from checkpoints where job_id = jobs.id) then fingerprint end`.as('fingerprint'),
    )
    .where('id', '=', jobId)
    .where('state', '=', 'queued')
    .where('generation', '=', generation)
    .executeTakeFirst();
}

export type WaitingFor = 'insufficient_memory' | 'fingerprint';

/** Says on the job why it waits; for `fingerprint` only where no live consumer has it, since else that one will come. */
export async function explainWaiting(
  db: Db,
  {
    jobId,
    generation,
    reason,
    leaseSeconds,
  }: Pick<Hint, 'jobId' | 'generation'> & {
    reason: WaitingFor;
    leaseSeconds: number;
  },
): Promise<void> {
  const nobodyHasIt = sql<boolean>`not exists (select from consumers where fingerprint = jobs.fingerprint
    and heartbeat_at > clock_timestamp() - make_interval(secs => ${leaseSeconds}))`;
  await db
    .updateTable('jobs')
    .set({ reason })
    .where('id', '=', jobId)
    .where('state', '=', 'queued')
    .where('generation', '=', generation)
    .where('reason', 'is distinct from', reason)
    .$if(reason === 'fingerprint', (query) => query.where(nobodyHasIt))
    .execute();
}
