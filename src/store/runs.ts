/**
 * Runs: what consumers do to jobs. A claim takes a job and gives an epoch; heartbeats (on the database's clock) keep it;
 * an ending carries the epoch, and a stale one is refused. Runs whose consumer is gone are given back here.
 */
import { sql } from 'kysely';
import type { RunError } from '../errors.js';
import type { RecordedEdit } from '../schemas/edits.js';
import type { CancelMode, JobResult, JobState, Progress } from '../schemas/job.js';
import { latestCheckpoint, type ResumePoint } from './checkpoints.js';
import { type Db, inTransaction, type Trx } from './database.js';
import { addEvent } from './events.js';
import { heldStates, type JobRow, lockRun, type RunKey } from './fence.js';
import { json } from './json.js';
import { insertModel, type NewModel } from './models.js';
import { isTerminal, transition } from './transition.js';

/** Attempts that may end without a new checkpoint before the job counts as poison. */
export const maxAttemptsWithoutProgress = 3;

/** What a queue hint says: this job became claimable as this generation. */
export interface Hint {
  jobId: string;
  generation: number;
  priority: number;
}

export interface ClaimedJob extends JobRow {
  dataset: { key: string; bytes: number; sha256: string };
  /** Where to resume from; null: from the start. */
  checkpoint: ResumePoint | null;
}

export interface Claim {
  jobId: string;
  generation: number;
  consumerId: string;
  leaseSeconds: number;
  /** Of the consumer's arithmetic: see the engine. */
  fingerprint: string;
}

/**
 * Takes a job that is queued as `generation`, or whose holder's heartbeat has expired. Null where there is nothing to
 * take: the hint is stale, another was faster, the expired run was to be paused or cancelled (and now is), the job has
 * used up its attempts (and now is failed), or its checkpoints are of another fingerprint.
 */
export function claim(db: Db, claim: Claim): Promise<ClaimedJob | null> {
  const actor = `consumer:${claim.consumerId}`;
  return inTransaction(db, async (trx) => {
    const job = await claimable(trx, claim, actor);
    if (!job) return null;
    if (job.attemptsWithoutProgress >= maxAttemptsWithoutProgress) {
      await transition(trx, { jobId: job.id, to: 'failed', actor, set: { error: json(noProgress(job)) } });
      return null;
    }
    const checkpoint = await latestCheckpoint(trx, job.id);
    const changesKernels = checkpoint !== null && job.fingerprint !== claim.fingerprint;
    if (changesKernels && !job.allowKernelChange) return null;
    const claimed = await transition(trx, {
      jobId: job.id,
      to: 'running',
      actor,
      reason: changesKernels ? `kernels change from ${job.fingerprint} to ${claim.fingerprint}` : null,
      set: {
        epoch: job.epoch + 1,
        attemptsWithoutProgress: job.attemptsWithoutProgress + 1,
        consumerId: claim.consumerId,
        fingerprint: claim.fingerprint,
        heartbeatAt: sql<Date>`clock_timestamp()`,
        startedAt: sql<Date>`coalesce(started_at, clock_timestamp())`,
      },
    });
    const dataset = await trx
      .selectFrom('datasets')
      .select(['artifactKey as key', 'artifactBytes as bytes', 'artifactSha256 as sha256'])
      .where('id', '=', job.datasetId)
      .executeTakeFirstOrThrow();
    return { ...claimed, dataset, checkpoint };
  });
}

/** The job, locked and queued, if this claim may have it; an expired run is given back first. */
async function claimable(trx: Trx, { jobId, generation, leaseSeconds }: Claim, actor: string): Promise<JobRow | null> {
  const job = await trx
    .selectFrom('jobs')
    .selectAll()
    .select(expired(leaseSeconds).as('expired'))
    .where('id', '=', jobId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!job) return null; // deleted since
  if (job.state === 'queued') return job.generation === generation ? job : null;
  if (!job.expired) return null;
  const [released] = await giveBack(trx, [job], { actor, reason: 'the heartbeat expired' });
  return released?.state === 'queued' ? released : null;
}

/** Held, but not heard of for longer than the lease, by the database's clock. */
function expired(leaseSeconds: number) {
  const limit = sql`clock_timestamp() - make_interval(secs => ${leaseSeconds})`;
  return sql<boolean>`state in (${sql.join(heldStates)}) and heartbeat_at < ${limit}`;
}

function noProgress(job: JobRow): RunError {
  return {
    code: 'no_progress',
    category: 'resource',
    title: 'The job made no progress',
    detail: `${job.attemptsWithoutProgress} attempts ended without a new checkpoint`,
  };
}

/**
 * Says that the run lives, and how far it is. `state` is what the row says now: `pausing` and `cancelling` are requests,
 * and so are `edits`. `held: false`: another has the run, or it has ended; nothing was written.
 */
export async function heartbeat(
  db: Db,
  { jobId, epoch, progress }: RunKey & { progress?: Progress },
): Promise<{ held: boolean; state: JobState | null; cancelMode: CancelMode | null; edits: RecordedEdit[] }> {
  const row = await db
    .updateTable('jobs')
    .set({ heartbeatAt: sql<Date>`clock_timestamp()`, ...(progress && { progress: json(progress) }) })
    .where('id', '=', jobId)
    .where('epoch', '=', epoch)
    .where('state', 'in', heldStates)
    .returning(['state', 'cancelMode', 'edits'])
    .executeTakeFirst();
  const { state = null, cancelMode = null, edits = [] } = row ?? {};
  return { held: row !== undefined, state, cancelMode, edits };
}

/**
 * The changes to a run, once `settle` has said of each one that waits where it takes effect, or why it never will; each of
 * these is told as an event. Throws StaleEpochError.
 */
export function settleEdits(
  db: Db,
  { settle, ...run }: RunKey & { settle(edits: readonly RecordedEdit[]): RecordedEdit[] },
): Promise<RecordedEdit[]> {
  return inTransaction(db, async (trx) => {
    const { edits } = await lockRun(trx, run);
    const settled = settle(edits);
    const news = settled.filter((edit, index) => edit !== edits[index]);
    if (news.length === 0) return settled;
    await trx
      .updateTable('jobs')
      .set({ edits: json(settled) })
      .where('id', '=', run.jobId)
      .execute();
    for (const edit of news) await addEvent(trx, run.jobId, { type: 'edit', data: { ...edit } });
    return settled;
  });
}

/** Where a run ended up; `generation` is for the hint where that is `queued`. */
export interface Ended {
  state: JobState;
  generation: number;
}

/** Ends the run with a result and its model, both or neither; a run that was being cancelled ends as `cancelled`. */
export function succeed(db: Db, run: RunKey & { result: JobResult; model: NewModel }): Promise<Ended> {
  return end(db, run, async (trx, job) => {
    await insertModel(trx, { ...run.model, jobId: job.id, tenantId: job.tenantId });
    return { to: 'succeeded', set: { result: json(run.result) } };
  });
}

/** Ends the run with an error; a run that was being cancelled ends as `cancelled`. */
export function fail(db: Db, run: RunKey & { error: RunError }): Promise<Ended> {
  return end(db, run, async () => ({ to: 'failed', set: { error: json(run.error) } }));
}

/**
 * Gives the run up: back to `queued`, or to `paused` or `cancelled` where that was asked for. The attempt is not held
 * against the job.
 */
export function release(db: Db, run: RunKey & { reason: string }): Promise<Ended> {
  return end(db, run, async (_trx, job) => ({
    to: job.state === 'pausing' ? 'paused' : 'queued',
    reason: run.reason,
    set: withoutAttempt(job),
  }));
}

/** Gives the run up until someone resumes it: what it needs is not there now. The attempt is not held against the job. */
export function pause(db: Db, run: RunKey & { reason: string }): Promise<Ended> {
  return end(db, run, async (_trx, job) => ({ to: 'paused', reason: run.reason, set: withoutAttempt(job) }));
}

const withoutAttempt = (job: JobRow) => ({ attemptsWithoutProgress: Math.max(0, job.attemptsWithoutProgress - 1) });

type Ending = Pick<Parameters<typeof transition>[1], 'to' | 'set' | 'reason'>;

async function end(db: Db, run: RunKey, ending: (trx: Trx, job: JobRow) => Promise<Ending>): Promise<Ended> {
  return inTransaction(db, async (trx) => {
    const job = await lockRun(trx, run);
    const { to, reason, set }: Ending = job.state === 'cancelling' ? { to: 'cancelled' } : await ending(trx, job);
    const { state, generation } = await transition(trx, {
      jobId: job.id,
      actor: `consumer:${job.consumerId}`,
      to,
      reason: reason ?? null,
      set: { ...set, consumerId: null, heartbeatAt: null, ...(isTerminal(to) && { suspect: false }) },
    });
    return { state, generation };
  });
}

/** Gives back every run of a consumer that is known to be dead. */
export function releaseRunsOf(db: Db, consumerId: string, actor = 'supervisor'): Promise<Hint[]> {
  return inTransaction(db, async (trx) => {
    const runs = await trx
      .selectFrom('jobs')
      .selectAll()
      .where('consumerId', '=', consumerId)
      .where('state', 'in', heldStates)
      .orderBy('id')
      .forNoKeyUpdate()
      .execute();
    return queuedHints(await giveBack(trx, runs, { actor, reason: `consumer ${consumerId} died` }));
  });
}

/** Gives back the runs that have not been heard of for longer than the lease. */
export function releaseExpired(db: Db, leaseSeconds: number): Promise<Hint[]> {
  return inTransaction(db, async (trx) => {
    const runs = await trx
      .selectFrom('jobs')
      .selectAll()
      .where(expired(leaseSeconds))
      .orderBy('id')
      .forNoKeyUpdate()
      .skipLocked()
      .execute();
    return queuedHints(await giveBack(trx, runs, { actor: 'reconciler', reason: 'the heartbeat expired' }));
  });
}

/**
 * What becomes of locked runs whose consumer is gone: running → queued as a suspect, pausing → paused, cancelling →
 * cancelled. Which of its runs killed a consumer cannot be known, so the attempt counts against a job only if it ran alone
 * or was a suspect before; the others get theirs back.
 */
async function giveBack(
  trx: Trx,
  runs: JobRow[],
  { actor, reason }: { actor: string; reason: string },
): Promise<JobRow[]> {
  const runsHeld = await countRunsHeld(trx, runs);
  const released: JobRow[] = [];
  for (const job of runs) {
    const counts = job.suspect || runsHeld.get(job.consumerId) === 1;
    const to = job.state === 'pausing' ? 'paused' : job.state === 'cancelling' ? 'cancelled' : 'queued';
    const attemptsWithoutProgress = Math.max(0, job.attemptsWithoutProgress - (counts ? 0 : 1));
    const set = { suspect: to === 'queued', attemptsWithoutProgress, consumerId: null, heartbeatAt: null };
    released.push(await transition(trx, { jobId: job.id, to, actor, reason, set }));
  }
  return released;
}

/** consumer → how many runs it holds, for the consumers of `runs`. */
async function countRunsHeld(trx: Trx, runs: JobRow[]): Promise<Map<string | null, number>> {
  const consumers = runs.map((run) => run.consumerId);
  const rows = await trx
    .selectFrom('jobs')
    .select((eb) => ['consumerId', eb.fn.countAll<number>().as('held')])
    .where('consumerId', '=', sql<string>`any(${consumers})`)
    .where('state', 'in', heldStates)
    .groupBy('consumerId')
    .execute();
  return new Map(rows.map((row) => [row.consumerId, row.held]));
}

function queuedHints(jobs: JobRow[]): Hint[] {
  return jobs
    .filter((job) => job.state === 'queued')
    .map(({ id, generation, priority }) => ({ jobId: id, generation, priority }));
}

/** Hints of the jobs that wait, those that are to run first first. */
export async function openHints(db: Db, limit: number): Promise<Hint[]> {
  return db
    .selectFrom('jobs')
    .select(['id as jobId', 'generation', 'priority'])
    .where('state', '=', 'queued')
    .orderBy('priority', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();
}
