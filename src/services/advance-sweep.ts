/**
 * One step of a sweep, out of its rows and into them, in one transaction: what its trials have come to is noted, and what
 * is due is done. Whoever calls it, however often, from however many processes: nothing is done twice, since the sweep's
 * row and its open trials' jobs are locked, and nothing is lost, since no memory is used.
 */
import type { Logger } from 'pino';
import { type Db, inTransaction, type Trx } from '../store/database.js';
import { insertReport, lockSweep, openSweeps, rowsOfSweep, type SweepRow, setSweepState } from '../store/sweeps.js';
import { transition } from '../store/transition.js';
import { hasEnded, isOpen, stepsOf, type Trial, trialsOf, waitsAtRung } from '../sweeps/standing.js';
import { actor, beginNext } from './begin-trial.js';
import type { Planner } from './planner.js';
import { bestValue } from './sweep-values.js';

/** Trials begun in one step: planning them must not hold the locks for long. */
const mostAtOnce = 16;
/** After which no other sweep is looked at: whoever calls has other things to look after. */
const mostMs = 2000;

/** Advances the sweeps that have not ended, as far as time allows; one that cannot be is tried again another time. */
export async function advanceSweeps({
  db,
  planned,
  log,
}: {
  db: Db;
  planned: Planner;
  log: Pick<Logger, 'warn'>;
}): Promise<void> {
  const end = performance.now() + mostMs;
  for (const id of await openSweeps(db)) {
    if (performance.now() > end) return;
    try {
      await inTransaction(db, async (trx) => {
        const sweep = await lockSweep(trx, id, 'skip');
        if (sweep && sweep.finishedAt === null) await advance(trx, sweep, planned);
      });
    } catch (error) {
      log.warn({ err: error, sweepId: id }, 'could not advance a sweep');
    }
  }
}

/** `sweep` is locked, and has not ended. */
export async function advance(trx: Trx, sweep: SweepRow, planned: Planner): Promise<void> {
  const trials = trialsOf(await rowsOfSweep(trx, sweep.id, { lock: true }));
  for (const trial of trials) await report(trx, sweep, trial);
  switch (sweep.state) {
    case 'running':
      return goOn(trx, sweep, trials, planned);
    case 'paused':
      return pauseAll(trx, trials);
    case 'cancelling':
      return cancelAll(trx, sweep, trials);
    case 'succeeded':
    case 'failed':
    case 'cancelled':
      throw new Error(`${sweep.id} has ended`);
    default:
      throw new Error(`unknown state ${sweep.state satisfies never}`);
  }
}

/**
 * Notes what a trial has come to. One that ended well before a rung has gone on from it; one that failed, or was
 * cancelled, has come to the next with nothing.
 */
async function report(trx: Trx, { rungs, settings, ...sweep }: SweepRow, trial: Trial): Promise<void> {
  const { job, reports, row } = trial;
  if (job === undefined) return;
  const next = reports.length;
  if (next > rungs.length) return;
  const isAtRung = waitsAtRung(job) && (rungs[next] ?? Number.POSITIVE_INFINITY) <= (job.stopAt ?? 0);
  if (!hasEnded(job) && !isAtRung) return;
  const { made } = stepsOf(trial);
  const { tenantId, id: jobId } = job;
  const succeeded = job.state === 'succeeded';
  const isKnown = succeeded || isAtRung;
  for (let rung = next; rung <= (succeeded ? rungs.length : next); rung++) {
    const stop = rungs[rung];
    const [passed, step] = [succeeded && stop !== undefined, Math.min(stop ?? made, made)];
    const upTo = stop === undefined ? {} : { toStep: step };
    const value = isKnown ? await bestValue(trx, { tenantId, jobId, objective: settings.objective, ...upTo }) : null;
    reports.push(
      await insertReport(trx, {
        ...{ tenantId, sweepId: sweep.id, trial: row.trial, rung, step, value },
        promotedAt: passed ? new Date() : null,
        reason: passed ? 'it ended by itself' : isKnown ? null : job.state,
      }),
    );
  }
}

async function goOn(trx: Trx, sweep: SweepRow, trials: Trial[], planned: Planner): Promise<void> {
  for (const trial of trials) {
    const { job } = trial;
    if (job && isPausedBySweep(job)) trial.job = await transition(trx, { jobId: job.id, to: 'queued', actor });
  }
  let open = trials.filter(({ job }) => job && isOpen(job)).length;
  const { settings } = sweep;
  for (let begun = 0; begun < mostAtOnce && open < settings.concurrency; begun++) {
    const done = await beginNext(trx, sweep, trials, planned);
    if (done === 'full') return; // until there is room
    if (done === 'nothing') break;
    if (done === 'job') open++;
    if (begun === mostAtOnce - 1) return; // more may be due
  }
  const waits = trials.some(({ job }) => job?.state === 'paused' && !waitsAtRung(job));
  if (open > 0 || waits) return;
  for (const { job } of trials) {
    if (job && waitsAtRung(job))
      await transition(trx, { jobId: job.id, to: 'cancelled', actor, reason: 'not promoted' });
  }
  const hasValue = trials.some(({ reports }) => reports.some(({ value }) => value !== null));
  await setSweepState(trx, sweep.id, hasValue ? 'succeeded' : 'failed', true);
}

async function pauseAll(trx: Trx, trials: readonly Trial[]): Promise<void> {
  for (const { job } of trials) {
    if (job?.state === 'queued') await transition(trx, { jobId: job.id, to: 'paused', actor });
    if (job?.state === 'running') await transition(trx, { jobId: job.id, to: 'pausing', actor });
  }
}

async function cancelAll(trx: Trx, sweep: SweepRow, trials: readonly Trial[]): Promise<void> {
  let open = 0;
  for (const { job } of trials) {
    if (job === undefined || hasEnded(job)) continue;
    const isHeld = job.state === 'running' || job.state === 'pausing' || job.state === 'cancelling';
    if (isHeld) open++;
    if (job.state === 'cancelling') continue;
    await transition(trx, {
      jobId: job.id,
      to: isHeld ? 'cancelling' : 'cancelled',
      actor,
      set: { cancelMode: 'checkpoint' },
    });
  }
  if (open === 0) await setSweepState(trx, sweep.id, 'cancelled', true);
}

/** And by nobody else: a trial that a client paused waits for the client. */
function isPausedBySweep({ state, transitions }: NonNullable<Trial['job']>): boolean {
  const asked = transitions.findLast(
    ({ from, to }) => (from === 'queued' || from === 'running') && (to === 'pausing' || to === 'paused'),
  );
  return state === 'paused' && asked?.actor === actor;
}
