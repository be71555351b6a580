/** New jobs from old ones: a fork of the patched spec, a retry of the same. */
import type { Artifacts } from '../artifacts/index.js';
import { jobPrefix } from '../artifacts/keys.js';
import { fieldProblem, type Problem } from '../errors.js';
import { currentSpec } from '../run/edits.js';
import type { Job } from '../schemas/job.js';
import { asPosted, type JobSpec } from '../schemas/job-spec.js';
import type { Db } from '../store/database.js';
import { newId } from '../store/ids.js';
import type { NewJob } from '../store/jobs.js';
import { illegalTransition } from '../store/transition.js';
import { foundJob } from './found.js';
import { mergePatch, patchSpec } from './merge-patch.js';
import { copyCheckpoint, copyOrigin, takenOver } from './origins.js';
import type { Planned, Planner } from './planner.js';

type Owned = { tenantId: string; id: string };
/** `key`: of idempotency. */
export type Keyed = { tenantId: string; key?: string | undefined };

export interface ForkRequest extends Owned, Keyed {
  /** `start`, `last`, `best` or the id of a checkpoint. */
  from: string;
  patch: object;
  check(spec: unknown): JobSpec;
}

/** What jobs.ts lends. */
interface Submission {
  db: Db;
  artifacts: Artifacts;
  planned: Planner;
  accept(request: Keyed & { request: object }, make: () => Promise<NewJob>): Promise<Job>;
}

export function forkRequests({ db, artifacts, planned, accept }: Submission) {
  return {
    /** `check` validates the patched spec. From a checkpoint the fork takes over what engine/inherit.ts says. */
    async fork({ tenantId, id, key, from, patch, check }: ForkRequest): Promise<Job> {
      return accept({ tenantId, key, request: { fork: id, from, patch } }, async () => {
        const parent = await foundJob(db, tenantId, id);
        const body = check(mergePatch({}, patchSpec(asPosted(currentSpec(parent)), patch)));
        if (from === 'start') {
          const job = await newJob(tenantId, await planned({ tenantId, body }));
          return { ...job, forkOf: id, reason: `fork of ${id}, from the start` };
        }
        const { initialized } = parent;
        const fork = await planned({ tenantId, body, initialized });
        const { spec } = fork;
        const job: NewJob = { ...(await newJob(tenantId, { ...fork, source: null })), forkOf: id };
        const weights = from === 'best' ? 'best' : 'last';
        const copied = await copyCheckpoint({ db, artifacts }, parent, { from, jobId: job.id, weights });
        if (!copied) throw noCheckpoint(from);
        const { origin, checkpoint } = copied;
        try {
          const { what, step } = await takenOver(artifacts, origin, { parent, spec });
          const taken = what === 'training' ? 'its training goes on' : `its ${weights} weights alone`;
          return {
            ...job,
            origin,
            steps: { ...job.steps, before: step },
            reason: `fork of ${id}, from ${checkpoint.id} at step ${checkpoint.step}: ${taken}`,
          };
        } catch (error) {
          await artifacts.removeAll(jobPrefix(job.id));
          throw error;
        }
      });
    },

    /** The job once more, from its last whole checkpoint. Without a key, a job has one retry, however often asked. */
    async retry({ tenantId, id, key = `retry ${id}` }: Owned & Keyed): Promise<Job> {
      return accept({ tenantId, key, request: { retry: id } }, async () => {
        const parent = await foundJob(db, tenantId, id);
        if (parent.state !== 'failed' && parent.state !== 'cancelled') throw illegalTransition(parent, 'retried');
        const { name, datasetId, peakBytes, priority, metadata, initialized } = parent;
        const spec = currentSpec(parent);
        const jobId = newId('job');
        const copied = await copyCheckpoint({ db, artifacts }, parent, { from: 'last', jobId, weights: 'last' });
        const origin = copied?.origin ?? (parent.origin && (await copyOrigin(artifacts, parent.origin, jobId)));
        const start = copied ? `${copied.checkpoint.id} at step ${copied.checkpoint.step}` : 'its start';
        const before = copied?.checkpoint.step ?? (parent.origin ? parent.stepsBefore : 0);
        const job = { tenantId, id: jobId, name, spec, datasetId, peakBytes, priority, metadata };
        const asked = { steps: { before, promised: parent.promisedSteps }, checkpointBytes: 0 };
        return { ...job, ...asked, forkOf: id, origin, initialized, reason: `retry of ${id}, from ${start}` };
      });
    },
  };
}

/** A job of this spec, planned, that is not stored yet, with a copy of the weights that it begins with. */
export async function newJob(tenantId: string, { spec, plan, source }: Planned): Promise<NewJob> {
  const { name, priority, metadata } = spec;
  const { peakBytes, initialized } = plan;
  const id = newId('job');
  const origin = source && (await source.copyFor(id));
  const job = { tenantId, id, name, spec, datasetId: spec.dataset.id, peakBytes, priority, metadata };
  return { ...job, ...askedOf(plan), origin, initialized };
}

/** What of its tenant's quota a job takes that begins at step 0. */
export const askedOf = ({ parameters, totalSteps }: Planned['plan']): Pick<NewJob, 'steps' | 'checkpointBytes'> => ({
  steps: { before: 0, promised: totalSteps },
  checkpointBytes: 4 * parameters,
});

const noCheckpoint = (from: string): Problem =>
  fieldProblem(
    'invalid_spec',
    { path: '/from', code: 'no_checkpoint', message: 'the job has no such checkpoint whose file is whole', got: from },
    'fork from start',
  );
