/** Jobs: checked, planned and stored before the answer; the queue hears of them afterwards. */
import { jobPrefix } from '../artifacts/keys.js';
import { Problem } from '../errors.js';
import { currentSpec } from '../run/edits.js';
import { isTransient } from '../run/transient.js';
import type { CancelMode, Job, Plan, SplitMetrics } from '../schemas/job.js';
import { asPosted, type JobSpec } from '../schemas/job-spec.js';
import {
  deleteJob,
  findIdempotencyKey,
  insertJob,
  type JobFilter,
  type JobRow,
  listJobs,
  type NewJob,
  submitOnce,
} from '../store/jobs.js';
import { requestCancel, requestPause, requestResume } from '../store/requests.js';
import type { Hint } from '../store/runs.js';
import { hashOf } from './body-hash.js';
import { type EditRequest, editTraining } from './edits.js';
import { forkRequests, type Keyed, newJob } from './forks.js';
import { foundJob } from './found.js';
import type { Parts } from './index.js';
import { createPlanner } from './planner.js';

type Owned = { tenantId: string; id: string };
type Posted = { tenantId: string; body: JobSpec };
export function jobService({ db, artifacts, queue, config, log }: Parts) {
  const planned = createPlanner({ db, artifacts, config });

  /** Never awaited: the row is committed, and the reconciler sends again what is lost here. */
  function sendHint(hint: Hint): void {
    queue.hint(hint).catch((error: unknown) => {
      log.warn({ err: error, ...hint }, 'the queue did not take the hint; the reconciler will send it again');
    });
  }

  /** Inserts a job. The origin of one that is not stored goes; where an outage hides whether it is, the file stays. */
  async function store(job: NewJob, once: Omit<Parameters<typeof submitOnce>[1], 'job'> | null) {
    const dropOrigin = async () => job.origin && artifacts.removeAll(jobPrefix(job.id));
    let accepted = { jobId: job.id, created: true };
    try {
      if (once === null) await insertJob(db, job);
      else accepted = await submitOnce(db, { ...once, job });
    } catch (error) {
      if (!isTransient(error)) await dropOrigin();
      throw error;
    }
    if (!accepted.created) await dropOrigin();
    return accepted;
  }

  /** Makes a request's job, unless its key has done so before: then it is that job again. */
  async function accept(
    { tenantId, key, request }: Keyed & { request: object },
    make: () => Promise<NewJob>,
  ): Promise<Job> {
    const bodySha256 = hashOf(request);
    const earlier = key === undefined ? undefined : await findIdempotencyKey(db, { tenantId, key });
    if (earlier?.bodySha256 === bodySha256) return toJob(await foundJob(db, tenantId, earlier.jobId));
    if (earlier) throw new Problem('idempotency_mismatch', `This key made ${earlier.jobId} from another body`);
    const job = await make();
    const accepted = await store(job, key === undefined ? null : { tenantId, key, bodySha256 });
    if (accepted.created) sendHint({ jobId: job.id, generation: 1, priority: job.priority });
    return toJob(await foundJob(db, tenantId, accepted.jobId));
  }

  return {
    /** A key that came before with the same body gives the job made then. */
    async submit({ tenantId, key, body }: Posted & Keyed): Promise<Job> {
      return accept({ tenantId, key, request: body }, async () => {
        return newJob(tenantId, await planned({ tenantId, body }));
      });
    },

    ...forkRequests({ db, artifacts, planned, accept }),

    async plan(posted: Posted): Promise<Plan> {
      return (await planned(posted)).plan;
    },

    async list(filter: JobFilter) {
      const { items, nextCursor } = await listJobs(db, filter);
      return { items: items.map((row) => withoutTables(toJob(row))), nextCursor };
    },

    async get({ tenantId, id }: Owned): Promise<Job> {
      return toJob(await foundJob(db, tenantId, id));
    },

    async pause(owned: Owned): Promise<Job> {
      return toJob(await requestPause(db, owned));
    },

    async resume(request: Owned & { allowKernelChange: boolean }): Promise<Job> {
      const job = await requestResume(db, request);
      const { id: jobId, generation, priority } = job;
      if (job.state === 'queued') sendHint({ jobId, generation, priority });
      return toJob(job);
    },

    async edit(request: EditRequest): Promise<Job> {
      return toJob(await editTraining({ db, planned }, request));
    },

    async cancel(request: Owned & { mode: CancelMode }): Promise<Job> {
      return toJob(await requestCancel(db, request));
    },

    async delete(owned: Owned): Promise<void> {
      await deleteJob(db, owned);
      await artifacts.removeAll(jobPrefix(owned.id));
    },
  };
}

const time = (date: Date | null): string | null => date?.toISOString() ?? null;

function toJob(row: JobRow): Job {
  const { id, name, state, edits, progress, attempt, reason, error, result, transitions, metadata, forkOf } = row;
  const { initialized, sweepId, trial } = row;
  return {
    ...{
      id,
      name,
      state,
      progress,
      attempt,
      reason,
      error,
      result,
      transitions,
      metadata,
      forkOf,
      initialized,
      sweepId,
      trial,
    },
    spec: asPosted(currentSpec(row)),
    edits,
    createdAt: row.createdAt.toISOString(),
    startedAt: time(row.startedAt),
    finishedAt: time(row.finishedAt),
  };
}

/** In a list, a split's metrics are numbers alone: a confusion matrix has as many as the classes squared. */
function withoutTables(job: Job): Job {
  if (job.result === null) return job;
  const numbers = <Metrics extends SplitMetrics | null>(split: Metrics) =>
    split && { rows: split.rows, values: split.values };
  const { train, validation, test } = job.result.metrics;
  const metrics = { train: numbers(train)!, validation: numbers(validation), test: numbers(test) };
  return { ...job, result: { ...job.result, metrics } };
}
