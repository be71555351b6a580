/**
 * The fits of a job, one after the other: a single one; or of a cross-validated job one for each fold, and a last one of all
 * their rows. Which is next, and at which of the job's steps it begins, follows from what the folds before it came to. That
 * stands in the metadata of every checkpoint, so that a run goes on in the fold in which it was stopped, whichever it is.
 */
import type { TrainEvent, TrainOutcome } from '../engine/index.js';
import type { RunError } from '../errors.js';
import type { Float } from '../schemas/common.js';
import { foldsOf } from '../schemas/dataset-spec.js';
import type { Finding } from '../schemas/finding.js';
import type { JobResult } from '../schemas/job.js';
import type { ResolvedJobSpec } from '../schemas/job-spec.js';
import { toFloat } from './predictions.js';
import type { MetricPoints } from './protocol.js';
import type { Course } from './reporter.js';

/** What a fold's run came to. */
export interface FinishedFold {
  steps: number;
  epochs: number;
  /** Step of the weights that were the best. */
  bestStep: number;
  /** Of these weights on the fold. */
  metrics: Record<string, Float>;
}

export interface Fit {
  /** From 0; null where the parts are those of the split. */
  fold: number | null;
  spec: ResolvedJobSpec;
  /** The folds before it; null where there are none to come either. */
  finished: readonly FinishedFold[] | null;
  /** Their steps and epochs. */
  before: { steps: number; epochs: number };
  /** Stands in front of its metrics' names. */
  prefix: string;
}

/** The fit that follows these folds; there is none after one of which `fold` is null. */
export function nextFit(spec: ResolvedJobSpec, finished: readonly FinishedFold[]): Fit {
  const folds = foldsOf(spec.dataset);
  const before = { steps: sum(finished, 'steps'), epochs: sum(finished, 'epochs') };
  const whole = { fold: null, spec, finished, before, prefix: '' };
  if (folds === null) return { ...whole, finished: null };
  const fold = finished.length;
  if (fold < folds) return { ...whole, fold, prefix: `fold${fold + 1}.` };
  return { ...whole, spec: withSteps(spec, Math.round(mean(finished.map(({ bestStep }) => bestStep)))) };
}

/** The last fit's spec: nothing validates it, so that it is told how long to train. */
export function withSteps(spec: ResolvedJobSpec, steps: number): ResolvedJobSpec {
  const { epochs: _, ...training } = spec.training;
  return { ...spec, training: { ...training, steps } };
}

/** How the job's steps are told. Those of the fits to come are taken for as many as those of this one. */
export function courseOf({ fold, spec, before }: Fit, plan: { stepsPerEpoch: number; totalSteps: number }): Course {
  const toCome = fold === null ? 0 : foldsOf(spec.dataset)! - fold;
  return {
    totalSteps: before.steps + (1 + toCome) * plan.totalSteps,
    epochOf: (step) => before.epochs + Math.ceil((step - before.steps) / plan.stepsPerEpoch),
  };
}

/** What the engine says of a fit, as the job says it. Only the end of the job is `final`. */
export function ofJob(event: TrainEvent, { before, prefix }: Fit, { isLast }: { isLast: boolean }): TrainEvent {
  switch (event.type) {
    case 'progress':
      return { ...event, step: before.steps + event.step, epoch: before.epochs + event.epoch };
    case 'metrics':
      return {
        ...event,
        rows: event.rows.map(({ step, name, value }) => ({ step: before.steps + step, name: prefix + name, value })),
      };
    case 'rollback':
      return { ...event, step: before.steps + event.step, to: before.steps + event.to };
    case 'checkpoint':
      return {
        ...event,
        ...{ step: before.steps + event.step, epoch: before.epochs + event.epoch },
        kind: event.kind === 'final' && !isLast ? 'periodic' : event.kind,
        metrics: Object.fromEntries(Object.entries(event.metrics).map(([name, value]) => [prefix + name, value])),
      };
    default:
      throw new Error(`unknown event ${event satisfies never}`);
  }
}

/** Of a job's series those of a fit, at its own steps. */
export function historyOfFit(history: MetricPoints, { before }: Fit): MetricPoints {
  const series = [...history].map(([name, { steps, values }]) => {
    const first = steps.findIndex((step) => step > before.steps);
    const from = first === -1 ? steps.length : first;
    return [name, { steps: steps.slice(from).map((step) => step - before.steps), values: values.slice(from) }] as const;
  });
  return new Map(series.filter(([, { steps }]) => steps.length > 0));
}

/** What is found in a fit stands at the job's steps; what the data say, before the first. */
export function findingOfJob({ step, evidence, ...finding }: Finding, { before: { steps } }: Fit): Finding {
  return {
    ...finding,
    step: step === 0 ? 0 : steps + step,
    evidence: evidence.map((item) => ({ ...item, ...(item.step !== undefined && { step: steps + item.step }) })),
  };
}

/** What went wrong in a fit: its steps are the job's, its text says in which fit it counts them. */
export function errorOfJob(error: RunError, { fold, finished, before: { steps } }: Fit): RunError {
  const { step, postMortem, detail } = error;
  const where = fold === null ? 'last fit' : `fold ${fold + 1}`;
  return {
    ...error,
    ...(finished !== null && { detail: `${where}: ${detail}` }),
    ...(step !== undefined && { step: steps + step }),
    ...(postMortem && {
      postMortem: {
        ...postMortem,
        step: steps + postMortem.step,
        gradientNorms: postMortem.gradientNorms.map((norm) => ({ ...norm, step: steps + norm.step })),
      },
    }),
  };
}

/** What stands of it in the checkpoints to come. */
export const finishedFold = ({
  step,
  epoch,
  bestStep,
  metrics,
}: Exclude<TrainOutcome, { reason: 'stopped' }>): FinishedFold => ({
  ...{ steps: step, epochs: epoch, bestStep },
  metrics: Object.fromEntries(
    Object.entries(metrics.validation?.values ?? {}).map(([name, value]) => [name, toFloat(value)]),
  ),
});

/** Of each metric that every fold has: its mean, and its deviation as that of a population. */
export function describeFolds(finished: readonly FinishedFold[]): NonNullable<JobResult['folds']> {
  const names = Object.keys(finished[0]?.metrics ?? {}).filter((name) =>
    finished.every(({ metrics }) => metrics[name] !== undefined),
  );
  return {
    count: finished.length,
    metrics: Object.fromEntries(
      names.map((name) => {
        const values = finished.map(({ metrics }) => Number(metrics[name]));
        const centre = mean(values);
        const deviation = Math.sqrt(mean(values.map((value) => (value - centre) ** 2)));
        return [name, { mean: toFloat(centre), deviation: toFloat(deviation), values: values.map(toFloat) }];
      }),
    ),
  };
}

const sum = (folds: readonly FinishedFold[], field: 'steps' | 'epochs'): number =>
  folds.reduce((total, fold) => total + fold[field], 0);

const mean = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0) / values.length;
