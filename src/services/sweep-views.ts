/** A sweep and its trials as they are served: from the reports, and for what is at work from its metrics. */
import { asPosted } from '../schemas/job-spec.js';
import type { BestTrial, Sweep, SweepSummary, SweepTrial } from '../schemas/sweep-results.js';
import type { Db } from '../store/database.js';
import { decodeNumber, type PageRequest } from '../store/page.js';
import { rowsOfSweep, type SweepRow } from '../store/sweeps.js';
import { ratedBy, sizesOf } from '../sweeps/configuration.js';
import { importances } from '../sweeps/importance.js';
import { costOf, endedOf, isOpen, secondsOf, stepsOf, sum, type Trial, trialsOf } from '../sweeps/standing.js';
import { bestValue } from './sweep-values.js';

interface Valued extends Trial {
  value: number | null;
}

/** What its last report says, or, of one that has got further, what its metrics do. */
async function valued(db: Db, { settings: { objective } }: SweepRow, trial: Trial): Promise<Valued> {
  const { job, reports } = trial;
  const reported = reports.reduce<number | null>(
    (best, { value }) => (costOf(value, objective) < costOf(best, objective) ? value : best),
    null,
  );
  const mayBeBetter = job !== undefined && (isOpen(job) || (job.state === 'cancelled' && reported === null));
  if (!mayBeBetter) return { ...trial, value: reported };
  return { ...trial, value: await bestValue(db, { tenantId: job.tenantId, jobId: job.id, objective }) };
}

const trialsIn = async (db: Db, sweep: SweepRow): Promise<Valued[]> => {
  const trials = trialsOf(await rowsOfSweep(db, sweep.id, { lock: false }));
  return Promise.all(trials.map((trial) => valued(db, sweep, trial)));
};

/** Of those that have succeeded, or, while none has, of all; the earlier of two alike. */
function bestOf(trials: readonly Valued[], { settings: { objective } }: SweepRow): Valued | undefined {
  const told = trials.filter(({ value }) => value !== null);
  const succeeded = told.filter(({ job }) => job?.state === 'succeeded');
  const [first, ...others] = succeeded.length > 0 ? succeeded : told;
  const cost = ({ value }: Valued) => costOf(value, objective);
  return first && others.reduce((best, trial) => (cost(trial) < cost(best) ? trial : best), first);
}

export function toSummary({ id, state, job, rungs, settings, createdAt, finishedAt }: SweepRow): SweepSummary {
  return {
    ...{ id, state, job: asPosted(job), rungs },
    ...settings,
    createdAt: createdAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
  };
}

export async function toSweep(db: Db, row: SweepRow): Promise<Sweep> {
  const trials = await trialsIn(db, row);
  const now = new Date();
  const inState = (wanted: string) => trials.filter((trial) => trial.job?.state === wanted).length;
  return {
    ...toSummary(row),
    progress: {
      trials: trials.length,
      open: trials.filter(({ job }) => job && isOpen(job)).length,
      succeeded: inState('succeeded'),
      failed: inState('failed') + trials.filter(({ row: { error } }) => error !== null).length,
      steps: sum(trials.map((trial) => stepsOf(trial).made)),
      seconds: sum(trials.map((trial) => secondsOf(trial, now))),
    },
    best: toBest(bestOf(trials, row)),
    importance: importanceOf(trials, row),
  };
}

const toBest = (best: Valued | undefined): BestTrial | null =>
  best?.value == null
    ? null
    : { trial: best.row.trial, jobId: best.row.jobId, value: best.value, parameters: { ...best.row.parameters } };

function importanceOf(
  trials: readonly Trial[],
  { settings: { parameters, objective } }: SweepRow,
): Sweep['importance'] {
  const shares = importances(endedOf(trials, objective).map(ratedBy(parameters)), sizesOf(parameters));
  return Object.keys(parameters)
    .map((path, index) => ({ path, share: shares[index]! }))
    .sort((a, b) => (b.share ?? 0) - (a.share ?? 0));
}

/** Trials from number `cursor` on. */
export async function trialPage(
  db: Db,
  row: SweepRow,
  { cursor = '0', limit }: PageRequest,
): Promise<{ items: SweepTrial[]; nextCursor: string | null }> {
  const start = decodeNumber(cursor);
  const trials = await trialsIn(db, row);
  const best = bestOf(trials, row);
  const end = start + limit;
  const items = trials.slice(start, end).map((trial) => toTrial(trial, trial === best));
  return { items, nextCursor: end < trials.length ? String(end) : null };
}

function toTrial(trial: Valued, best: boolean): SweepTrial {
  const { row, job, reports, value } = trial;
  return {
    ...{ trial: row.trial, jobId: row.jobId, state: job?.state ?? null, parameters: { ...row.parameters } },
    ...{ step: stepsOf(trial).made, totalSteps: row.totalSteps, value, best, error: row.error },
    reports: reports.map(({ rung, step, value, reportedAt, promotedAt, reason }) => ({
      ...{ rung, step, value, reason },
      at: reportedAt.toISOString(),
      promotedAt: promotedAt?.toISOString() ?? null,
    })),
  };
}
