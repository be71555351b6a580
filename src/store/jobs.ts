/** Jobs as clients see them: submitted, read, listed, deleted. What is asked of them is in requests.ts, what runs do in runs.ts. */
import { sql } from 'kysely';
import { fieldProblem, Problem } from '../errors.js';
import type { Initialized } from '../schemas/initialize.js';
import type { JobState, Transition } from '../schemas/job.js';
import type { ResolvedJobSpec } from '../schemas/job-spec.js';
import { type Db, inTransaction, type Trx } from './database.js';
import type { JobRow } from './fence.js';
import { json, storableText } from './json.js';
import { decodeCursor, type PageOf, type PageRequest, toPage } from './page.js';
import { addUsage, quotaOf, takeQuota } from './quotas.js';
import { isForeignKeyViolation } from './sql-state.js';
import type { Origin } from './tables.js';
import { illegalTransition, isTerminal, lockJob } from './transition.js';

export type { JobRow } from './fence.js';

export interface NewJob {
  tenantId: string;
  id: string;
  name: string;
  spec: ResolvedJobSpec;
  datasetId: string;
  peakBytes: number;
  steps: {
    /** Of the training that it goes on with. */
    before: number;
    /** Where it ends. */
    promised: number;
  };
  /** Of one checkpoint, at least. */
  checkpointBytes: number;
  priority: number;
  metadata: Record<string, string>;
  forkOf?: string;
  /** null: from the beginning. */
  origin?: Origin | null;
  /** What of it was taken over by name, by the job itself or by the one that it goes on with. */
  initialized?: Initialized | null;
  /** Where the job comes from, where that needs saying. */
  reason?: string;
  /** Of which sweep it is a trial. */
  sweep?: { id: string; trial: number; stopAt: number | null };
}

/**
 * Inserts a job, queued, with its first events. Nobody is notified: no reader can wait for a job that is not there yet,
 * and NOTIFY makes commits wait for one another.
 * Throws Problem `invalid_spec` where its dataset is gone, or `quota_exceeded`.
 */
export async function insertJob(db: Db, job: NewJob): Promise<void> {
  if ((await quotaOf(db, job.tenantId)) === undefined) return insert(db, job);
  return inTransaction(db, async (trx) => {
    await takeQuota(trx, job.tenantId, askedBy(job));
    await insert(trx, job);
  });
}

/** Whether there is room for such a job beside what its tenant has; nobody takes it until the transaction ends. */
export async function hasRoom(
  trx: Trx,
  tenantId: string,
  asked: Pick<NewJob, 'steps' | 'checkpointBytes'>,
): Promise<boolean> {
  try {
    await takeQuota(trx, tenantId, askedBy(asked));
    return true;
  } catch (error) {
    if (error instanceof Problem && error.code === 'quota_exceeded') return false;
    throw error;
  }
}

const askedBy = ({ steps: { before, promised }, checkpointBytes }: Pick<NewJob, 'steps' | 'checkpointBytes'>) => ({
  ...{ activeJobs: 1, steps: promised - before, bytes: checkpointBytes },
});

async function insert(db: Db, job: NewJob): Promise<void> {
  const { origin, initialized, reason = null, sweep } = job;
  const actor = sweep ? 'sweep' : 'client';
  const step: Transition = { from: null, to: 'queued', at: new Date().toISOString(), actor, reason };
  const events = [
    { type: 'state', data: { ...step, attempt: 0 } },
    ...(initialized ? [{ type: 'initialized', data: initialized }] : []),
  ].map((event, index) => ({ seq: index + 1, ...event }));
  try {
    await db
      .with('job', (qb) =>
        qb
          .insertInto('jobs')
          .values({
            id: job.id,
            tenantId: job.tenantId,
            name: storableText(job.name),
            state: 'queued',
            spec: json(job.spec),
            datasetId: job.datasetId,
            peakBytes: job.peakBytes,
            stepsBefore: job.steps.before,
            promisedSteps: job.steps.promised,
            priority: job.priority,
            metadata: json(job.metadata),
            forkOf: job.forkOf ?? null,
            origin: origin ? json(origin) : null,
            initialized: initialized ? json(initialized) : null,
            ...(sweep && { sweepId: sweep.id, trial: sweep.trial, stopAt: sweep.stopAt }),
            transitions: json([step]),
            eventSeq: events.length,
          })
          .returning(['id', 'tenantId']),
      )
      .insertInto('events')
      .columns(['tenantId', 'jobId', 'seq', 'type', 'data'])
      .expression(
        sql`select tenant_id, job.id, seq, type, data
          from job, jsonb_to_recordset(${json(events)}::jsonb) as event (seq int, type text, data jsonb)`,
      )
      .execute();
  } catch (error) {
    if (!isForeignKeyViolation(error, 'jobs_dataset_id_fkey')) throw error;
    throw fieldProblem('invalid_spec', {
      path: '/dataset/id',
      code: 'unknown_dataset',
      message: 'no such dataset',
      got: job.datasetId,
    });
  }
}

/**
 * Submits `job` unless this key has done so: equal keys, however many at once, give one job, since the later ones wait
 * for the row of the first to commit. Throws Problem `idempotency_mismatch` where the key came with another body.
 */
export function submitOnce(
  db: Db,
  { tenantId, key, bodySha256, job }: { tenantId: string; key: string; bodySha256: string; job: NewJob },
): Promise<{ jobId: string; created: boolean }> {
  return inTransaction(db, async (trx) => {
    const inserted = await trx
      .insertInto('idempotencyKeys')
      .values({ tenantId, key, bodySha256, jobId: job.id })
      .onConflict((conflict) => conflict.columns(['tenantId', 'key']).doNothing())
      .returning('jobId')
      .executeTakeFirst();
    if (inserted) {
      await insertJob(trx, job);
      return { jobId: job.id, created: true };
    }
    const earlier = await findIdempotencyKey(trx, { tenantId, key });
    if (!earlier) throw new Problem('idempotency_in_flight', 'its job was just deleted', { retryable: true });
    if (earlier.bodySha256 !== bodySha256) {
      throw new Problem('idempotency_mismatch', `this key made ${earlier.jobId} from another body`);
    }
    return { jobId: earlier.jobId, created: false };
  });
}

/** What an Idempotency-Key did earlier: lets a repeated request be answered before its body is planned again. */
export async function findIdempotencyKey(
  db: Db,
  { tenantId, key }: { tenantId: string; key: string },
): Promise<{ jobId: string; bodySha256: string } | undefined> {
  return db
    .selectFrom('idempotencyKeys')
    .select(['jobId', 'bodySha256'])
    .where('tenantId', '=', tenantId)
    .where('key', '=', key)
    .executeTakeFirst();
}

export async function getJob(db: Db, { tenantId, id }: { tenantId: string; id: string }): Promise<JobRow | undefined> {
  return db.selectFrom('jobs').selectAll().where('tenantId', '=', tenantId).where('id', '=', id).executeTakeFirst();
}

export interface JobFilter extends PageRequest {
  tenantId: string;
  state?: JobState | undefined;
  /** Exact. */
  name?: string | undefined;
  /** The trials of one. */
  sweep?: string | undefined;
}

/** Newest first. */
export async function listJobs(
  db: Db,
  { tenantId, state, name, sweep, cursor, limit }: JobFilter,
): Promise<PageOf<JobRow>> {
  let query = db
    .selectFrom('jobs')
    .selectAll()
    .where('tenantId', '=', tenantId)
    .orderBy('id', 'desc')
    .limit(limit + 1);
  if (state !== undefined) query = query.where('state', '=', state);
  if (name !== undefined) query = query.where('name', '=', storableText(name));
  if (sweep !== undefined) query = query.where('sweepId', '=', sweep);
  if (cursor !== undefined) query = query.where('id', '<', decodeCursor(cursor, 'job'));
  return toPage(await query.execute(), limit);
}

/**
 * Deletes a job that has ended, with its metrics, events, checkpoints and its own model. Its files (`jobPrefix` in
 * artifacts/keys.ts) are the caller's to remove, after the commit.
 * Throws Problem `not_found`, `illegal_transition` for a job that has not ended, or `in_use` where a model was registered
 * from it.
 */
export function deleteJob(db: Db, { tenantId, id }: { tenantId: string; id: string }): Promise<void> {
  return inTransaction(db, async (trx) => {
    const job = await lockJob(trx, { jobId: id, tenantId });
    if (!isTerminal(job.state)) throw illegalTransition(job, 'deleted');
    await trx.deleteFrom('models').where('jobId', '=', id).where('version', 'is', null).execute();
    await addUsage(trx, tenantId, { deletedSteps: Math.max(0, (job.progress?.step ?? 0) - job.stepsBefore) });
    await trx.deleteFrom('jobs').where('id', '=', id).execute();
  }).catch((error: unknown) => {
    if (!isForeignKeyViolation(error, 'models_job_id_fkey')) throw error;
    throw new Problem('in_use', `A model was registered from ${id}`, { hint: 'Delete the model first' });
  });
}
