/** What a sweep that goes on does next: a trial is promoted to the next rung, or the next one begins, as the budget allows. */
import { type FieldError, Problem } from '../errors.js';
import { asPosted, type JobSpec } from '../schemas/job-spec.js';
import type { Trx } from '../store/database.js';
import { hasRoom, insertJob } from '../store/jobs.js';
import { insertReport, insertTrial, markPromoted, type SweepRow, type TrialJob } from '../store/sweeps.js';
import { transition } from '../store/transition.js';
import { nextPromotion, type Promotion } from '../sweeps/asha.js';
import { type Configuration, configurationOf, configured } from '../sweeps/configuration.js';
import { endedOf, reportsOf, secondsOf, stepsOf, sum, type Trial } from '../sweeps/standing.js';
import { askedOf, newJob } from './forks.js';
import type { Planned, Planner } from './planner.js';

export const actor = 'sweep';

/** `refused`: a trial that no job can be of. `full`: the tenant's quota has no room for it now. */
export type Begun = 'job' | 'refused' | 'nothing' | 'full';

/** `trials` are as the rows have them, and are so afterwards. */
export async function beginNext(trx: Trx, sweep: SweepRow, trials: Trial[], planned: Planner): Promise<Begun> {
  const { rungs, settings } = sweep;
  const { budget, method, objective } = settings;
  const now = new Date();
  if (budget.seconds !== undefined && sum(trials.map((trial) => secondsOf(trial, now))) >= budget.seconds)
    return 'nothing';
  const left = (budget.steps ?? Number.POSITIVE_INFINITY) - sum(trials.map((trial) => stepsOf(trial).promised));

  const reports = method.type === 'asha' ? reportsOf(trials, objective) : [];
  const promotion = method.type === 'asha' && nextPromotion(reports, { eta: method.eta, rungs: rungs.length });
  if (promotion) return promote(trx, sweep, trials, { ...promotion, left });
  if (trials.length >= budget.trials) return 'nothing';
  return begin(trx, sweep, trials, { left, planned });
}

async function promote(
  trx: Trx,
  sweep: SweepRow,
  trials: readonly Trial[],
  { trial: number, rung, reason, left }: Promotion & { left: number },
): Promise<Begun> {
  const trial = trials[number]!;
  const stopAt = sweep.rungs[rung + 1] ?? null;
  if ((stopAt ?? trial.row.totalSteps) - sweep.rungs[rung]! > left) return 'nothing';
  await markPromoted(trx, { sweepId: sweep.id, trial: number, rung, reason });
  trial.job = await transition(trx, { jobId: trial.job!.id, to: 'queued', actor, reason, set: { stopAt } });
  trial.reports = trial.reports.map((one) => (one.rung === rung ? { ...one, promotedAt: new Date(), reason } : one));
  return 'job';
}

async function begin(
  trx: Trx,
  sweep: SweepRow,
  trials: Trial[],
  { left, planned }: { left: number; planned: Planner },
): Promise<Begun> {
  const { id: sweepId, tenantId, settings, rungs } = sweep;
  const trial = trials.length;
  const parameters = configurationOf(settings, trial, endedOf(trials, settings.objective));
  if (parameters === null) return 'nothing';
  const made = await planTrial(trx, sweep, { trial, parameters, planned });
  const row = { tenantId, sweepId, trial, parameters };
  if ('path' in made) {
    const refused = { ...row, jobId: null, totalSteps: 0, error: made };
    await insertTrial(trx, refused);
    const report = {
      tenantId,
      sweepId,
      trial,
      rung: 0,
      step: 0,
      value: null,
      promotedAt: null,
      reason: 'no job can be of its spec',
    };
    trials.push({ row: refused, job: undefined, reports: [await insertReport(trx, report)] });
    return 'refused';
  }
  const { totalSteps } = made.plan;
  const stopAt = rungs[0] ?? null;
  if (Math.min(stopAt ?? totalSteps, totalSteps) > left) return 'nothing';
  if (!(await hasRoom(trx, tenantId, askedOf(made.plan)))) return 'full'; // before anything is copied for it
  const job = await newJob(tenantId, made);
  await insertJob(trx, { ...job, sweep: { id: sweepId, trial, stopAt } });
  const begun = { ...row, jobId: job.id, totalSteps, error: null };
  await insertTrial(trx, begun);
  const queued: TrialJob = {
    ...{ id: job.id, tenantId, trial, state: 'queued', reason: null, stopAt },
    ...{ progress: null, transitions: [] },
  };
  trials.push({ row: begun, job: queued, reports: [] });
  return 'job';
}

/** What the trial's job would be, or why it cannot be. */
async function planTrial(
  trx: Trx,
  { tenantId, job, settings }: SweepRow,
  { trial, parameters, planned }: { trial: number; parameters: Configuration; planned: Planner },
): Promise<Planned | FieldError> {
  const spec = configured(asPosted(job), parameters) as JobSpec;
  try {
    return await planned({ tenantId, body: { ...spec, name: `${settings.name.slice(0, 190)} #${trial}` } }, trx);
  } catch (error) {
    const [field] = error instanceof Problem ? (error.details.errors ?? []) : [];
    if (field === undefined) throw error;
    return field;
  }
}
