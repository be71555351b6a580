/** Where a sweep stands, out of its rows: how good each trial is, how many are open, what of the budget is used or promised. */
import { isMaximised } from '../engine/index.js';
import { trainedSeconds } from '../run/trained-seconds.js';
import type { Objective } from '../schemas/sweep.js';
import { atRung } from '../store/requests.js';
import type { ReportRow, SweepRows, TrialJob, TrialRow } from '../store/sweeps.js';
import { isTerminal } from '../store/transition.js';
import type { Report } from './asha.js';
import type { Ended } from './configuration.js';

export interface Trial {
  row: TrialRow;
  /** undefined: it has none, or none any more. */
  job: TrialJob | undefined;
  /** By rung. */
  reports: ReportRow[];
}

export function trialsOf({ trials, jobs, reports }: SweepRows): Trial[] {
  const byId = new Map(jobs.map((job) => [job.id, job]));
  const byTrial = new Map(trials.map((row) => [row.trial, [] as ReportRow[]]));
  for (const report of reports) byTrial.get(report.trial)?.push(report);
  return trials.map((row) => ({
    row,
    job: byId.get(row.jobId ?? ''),
    reports: byTrial.get(row.trial)!.sort((a, b) => a.rung - b.rung),
  }));
}

export const hasEnded = ({ state }: TrialJob): boolean => isTerminal(state);
export const waitsAtRung = ({ state, reason }: TrialJob): boolean => state === 'paused' && reason === atRung;
/** It is at work, or about to be. */
export const isOpen = (job: TrialJob): boolean => !hasEnded(job) && job.state !== 'paused';

/** Less is better; Infinity where there is no value. */
export const costOf = (value: number | null, objective: Objective): number =>
  value === null ? Number.POSITIVE_INFINITY : isMaximised(objective) ? -value : value;

/** What decides who goes on. One whose job cannot go on any more counts, and is not chosen. */
export function reportsOf(trials: readonly Trial[], objective: Objective): Report[] {
  return trials.flatMap(({ job, reports }) =>
    reports.map(({ trial, rung, value, promotedAt }) => {
      const promoted = promotedAt !== null || job === undefined || !waitsAtRung(job);
      return { trial, rung, cost: costOf(value, objective), promoted };
    }),
  );
}

/** What there is to learn from: every trial that has told of itself, as it stood at the first rung. */
export function endedOf(trials: readonly Trial[], objective: Objective): Ended[] {
  return trials.flatMap(({ row: { parameters }, reports: [first] }) =>
    first === undefined ? [] : [{ parameters, cost: costOf(first.value, objective) }],
  );
}

/** Steps that a trial has made, and will have made when it next stops; of one whose job was deleted, as it last told. */
export function stepsOf({ row, job, reports }: Trial): { made: number; promised: number } {
  const made = (job === undefined ? reports.at(-1)?.step : job.progress?.step) ?? 0;
  if (job === undefined || hasEnded(job)) return { made, promised: made };
  const stop = job.stopAt ?? row.totalSteps;
  return { made: waitsAtRung(job) ? stop : made, promised: stop };
}

/** Of training, so far. */
export function secondsOf({ job }: Trial, now: Date): number {
  if (job === undefined) return 0;
  const end = hasEnded(job) ? new Date(job.transitions.at(-1)!.at) : now;
  return trainedSeconds(job.transitions, end);
}

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
