/**
 * Which of the remedies helps: each finding's patch in a fork of its own, all from the same weights and for as many steps, beside
 * a fork without a patch. The forks are ordinary jobs; how they rank is read from their rows whenever it is asked.
 */
import { isDeepStrictEqual } from 'node:util';
import { isMaximised } from '../engine/index.js';
import { type FieldError, fieldProblem, Problem, type ProblemCode } from '../errors.js';
import { currentSpec } from '../run/edits.js';
import { toFloat } from '../run/predictions.js';
import { foldsOf } from '../schemas/dataset-spec.js';
import type { Finding } from '../schemas/finding.js';
import type { CancelMode, Job } from '../schemas/job.js';
import { asPosted, type JobSpec } from '../schemas/job-spec.js';
import type { Entrant, Race, Races, RemediesRequest } from '../schemas/remedies.js';
import { newId } from '../store/ids.js';
import { getJob } from '../store/jobs.js';
import { insertRace, type RaceRow, raceOfKey, racesOfJob } from '../store/races.js';
import { hashOf } from './body-hash.js';
import type { ForkRequest, Keyed } from './forks.js';
import { foundJob } from './found.js';
import type { Parts } from './index.js';
import { patchSpec } from './merge-patch.js';
import { bestValue } from './sweep-values.js';

type Owned = { tenantId: string; id: string };
type Entered = RaceRow['entrants'][number];
type Patch = Record<string, unknown>;
interface Lent {
  fork(request: ForkRequest): Promise<Job>;
  cancel(request: Owned & { mode: CancelMode }): Promise<Job>;
  findings(owned: Owned): Promise<{ items: Finding[] }>;
}

/** What makes one entrant impossible, and not the race. */
const refusals = new Set<ProblemCode>(['invalid_spec', 'invalid_request', 'exceeds_memory', 'quota_exceeded']);

export function remedyService({ db }: Pick<Parts, 'db'>, { fork, cancel, findings }: Lent) {
  /** Throws Problem `invalid_spec` where the race has no one to run against. */
  async function begin({ tenantId, id, key, body, check }: BeginRequest): Promise<Race> {
    const { steps, from = 'best' } = body;
    const bodySha256 = hashOf({ remedies: id, ...body });
    const parent = await foundJob(db, tenantId, id);
    const earlier = key === undefined ? undefined : await raceOfKey(db, { tenantId, key, bodySha256 });
    if (earlier) return ranked(earlier);
    const spec = currentSpec(parent);
    if (foldsOf(spec.dataset) !== null) {
      const message = 'jobs of folds have no one value to be ranked by';
      throw impossible(message, { expected: 'a job without folds', got: 'dataset.split.folds' });
    }
    // As many steps for all, so that nothing else tells them apart.
    const whole = (patch: Patch): Patch => {
      const training = { ...(patch['training'] as object | undefined), steps, epochs: null };
      return { ...patch, training, earlyStopping: { type: 'none' } };
    };
    const specOf = (patch: Patch) => patchSpec(asPosted(spec), whole(patch));
    const patched = (await findings({ tenantId, id })).items.filter(
      ({ patch }) => patch !== null && !isDeepStrictEqual(specOf(patch), specOf({})),
    );
    if (patched.length === 0) {
      throw impossible('no finding of the job has a patch beyond its length', { expected: 'at least one', got: 0 });
    }
    const raceId = newId('race');
    const enter = async (code: Finding['code'] | null, patch: Patch): Promise<Entered> => {
      const forkKey = hashOf({ race: key ?? raceId, code });
      try {
        const job = await fork({ tenantId, id, key: forkKey, from, patch: whole(patch), check });
        return { code, patch, jobId: job.id, refused: [] };
      } catch (error) {
        if (code === null || !(error instanceof Problem) || !refusals.has(error.code)) throw error;
        return { code, patch, jobId: null, refused: error.details.errors ?? [] };
      }
    };
    const control = await enter(null, {});
    const entrants = [control];
    try {
      for (const { code, patch } of patched) entrants.push(await enter(code, patch!));
      const race = { id: raceId, tenantId, jobId: id, from, steps, entrants, idempotencyKey: key ?? null, bodySha256 };
      return ranked(await insertRace(db, race));
    } catch (error) {
      // With a key the request may come again, and goes on with these; without one they would run for no race.
      const begun = key === undefined ? entrants.flatMap(({ jobId }) => jobId ?? []) : [];
      await Promise.allSettled(begun.map((jobId) => cancel({ tenantId, id: jobId, mode: 'immediate' })));
      throw error;
    }
  }

  async function ranked({ tenantId, id, jobId, from, steps, entrants, createdAt }: RaceRow): Promise<Race> {
    const objective = currentSpec(await foundJob(db, tenantId, jobId)).evaluation.best;
    const sign = isMaximised(objective) ? -1 : 1;
    const seen = await Promise.all(
      entrants.map(async (entered) => {
        const job = entered.jobId === null ? undefined : await getJob(db, { tenantId, id: entered.jobId });
        const value = job ? await bestValue(db, { tenantId, jobId: job.id, objective }) : null;
        const isKnown = value !== null && job?.state !== 'failed' && isComparable(entered.patch, objective.metric);
        const cost = isKnown ? sign * value : Number.POSITIVE_INFINITY;
        return { entered, job, value, cost };
      }),
    );
    const control = seen[0]!.cost;
    const isKnown = ({ cost }: { cost: number }) => cost !== Number.POSITIVE_INFINITY;
    const order = seen.toSorted((a, b) => (a.cost === b.cost ? 0 : a.cost - b.cost));
    return {
      ...{ id, jobId, from, steps, metric: objective.metric, createdAt: createdAt.toISOString() },
      entrants: order.map(({ entered, job, value, cost }, index): Entrant => {
        return {
          ...entered,
          state: job?.state ?? null,
          step: job?.progress?.step ?? 0,
          value: value === null ? null : toFloat(value),
          rank: isKnown({ cost }) ? index + 1 : null,
          better: entered.code === null || !isKnown({ cost }) || !isKnown({ cost: control }) ? null : cost < control,
        };
      }),
    };
  }

  return {
    begin,
    async list({ tenantId, id }: Owned): Promise<Races> {
      await foundJob(db, tenantId, id);
      return { items: await Promise.all((await racesOfJob(db, { tenantId, jobId: id })).map(ranked)) };
    },
  };
}

/** Whether the metric is still the same function of the same rows: another loss, or other columns or rows, make another. */
function isComparable({ loss, dataset = {} }: Patch, metric: string): boolean {
  const isSameLoss = loss === undefined || metric !== 'validation.loss';
  return isSameLoss && Object.keys(dataset as object).every((field) => field === 'scale' || field === 'columns');
}

const impossible = (message: string, field: Pick<FieldError, 'expected' | 'got'>): Problem =>
  fieldProblem('invalid_spec', { path: '', message, ...field });

export interface BeginRequest extends Owned, Keyed {
  body: RemediesRequest;
  /** Holds a spec to its schema. */
  check(spec: unknown): JobSpec;
}
