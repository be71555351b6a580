/**
 * What is refused of a sweep when it is posted: parameters that are none, values that no job could have, budgets that come to
 * nothing. Specs are checked where a parameter is at its extremes; between them a trial may still prove impossible.
 */
import { isDeepStrictEqual } from 'node:util';
import { pointerToken } from '../data/errors.js';
import { type FieldError, fieldProblem, Problem } from '../errors.js';
import { foldsOf } from '../schemas/dataset-spec.js';
import { asPosted, type JobSpec, type ResolvedJobSpec } from '../schemas/job-spec.js';
import type { Objective, ResolvedSweep, SweepParameter, SweepParameters } from '../schemas/sweep.js';
import { rungsOf } from '../sweeps/asha.js';
import { type Configuration, configured, gridSize } from '../sweeps/configuration.js';
import { extremesOf, gridOf } from '../sweeps/parameters.js';
import { tokensOf } from '../sweeps/pointer.js';
import type { Planned } from './planner.js';

const mostTrials = 1000;
/** Each is planned before a sweep is taken; two parameters may have all the choices that there can be. */
const mostCorners = 64;
/** The objective decides these. */
const decided = ['/evaluation/best', '/evaluation/metrics'];

const refused = (path: string, message: string, more: Partial<FieldError> = {}): Problem =>
  fieldProblem('invalid_spec', { path, message, ...more });
const pathOf = (pointer: string): string => `/parameters/${pointerToken(pointer)}`;
const isWithin = (pointer: string, other: string): boolean => pointer === other || pointer.startsWith(`${other}/`);

export function checkParameters(parameters: SweepParameters): void {
  const pointers = Object.keys(parameters);
  for (const [pointer, parameter] of Object.entries(parameters)) {
    const path = pathOf(pointer);
    if (tokensOf(pointer) === null)
      throw refused(path, 'no JSON pointer to a field', { expected: '/optimizer/learningRate' });
    const twice = pointers.find((other) => other !== pointer && isWithin(pointer, other));
    if (twice !== undefined) throw refused(path, `lies within ${twice}, which varies too`);
    const settled = decided.find((other) => isWithin(pointer, other) || isWithin(other, pointer));
    if (settled !== undefined) throw refused(path, `the objective decides ${settled}`);
    checkRange(path, parameter);
  }
}

function checkRange(path: string, parameter: SweepParameter): void {
  if (parameter.type === 'choice') {
    const { values } = parameter;
    const index = values.findIndex((value, at) => values.slice(0, at).some((other) => isDeepStrictEqual(other, value)));
    if (index !== -1) throw refused(`${path}/values/${index}`, 'a value twice', { got: values[index] });
    return;
  }
  const { min, max, scale } = parameter;
  if (!(max > min)) throw refused(`${path}/max`, 'no range', { expected: `more than ${min}`, got: max });
  if (scale === 'log' && min <= 0)
    throw refused(`${path}/min`, 'has no logarithm', { expected: 'more than 0', got: min });
  if (parameter.type === 'float' || parameter.step === undefined) return;
  const { step } = parameter;
  if (scale === 'log') throw refused(`${path}/step`, 'a step has no place on a logarithmic scale', { got: step });
  if (step > max - min)
    throw refused(`${path}/step`, 'beyond the range', { expected: `at most ${max - min}`, got: step });
}

/** The budget with its trials: of a grid at most its points. */
export function checkBudget({
  parameters,
  method,
  budget,
}: Pick<ResolvedSweep, 'parameters' | 'method'> & {
  budget: Partial<ResolvedSweep['budget']>;
}): ResolvedSweep['budget'] {
  if (method.type !== 'grid') {
    if (Object.keys(budget).length === 0) throw refused('/budget', 'no end', { expected: 'trials, steps or seconds' });
    return { ...budget, trials: budget.trials ?? mostTrials };
  }
  const size = gridSize(parameters);
  if (size === null) {
    const [endless] = Object.entries(parameters).find(([, parameter]) => gridOf(parameter) === null)!;
    throw refused(`${pathOf(endless)}/points`, 'a grid needs to know how many values to take of a range');
  }
  if (size > mostTrials)
    throw refused('/parameters', 'too many combinations', { expected: `at most ${mostTrials}`, got: size });
  return { ...budget, trials: Math.min(budget.trials ?? size, size) };
}

/** The job with its objective as what chooses the weights, and among the metrics that are reported. */
export function withObjective(job: JobSpec, { metric, mode }: Objective): JobSpec {
  const { metrics = 'auto' } = job.evaluation ?? {};
  const name = metric.slice('validation.'.length) as Exclude<typeof metrics, 'auto'>[number] | 'loss';
  const isListed = metrics === 'auto' || name === 'loss' || metrics.includes(name);
  return {
    ...job,
    evaluation: { ...job.evaluation, metrics: isListed ? metrics : [...metrics, name], best: { metric, mode } },
  };
}

/** What no trial may have, whether by the job or by a parameter. */
export function checkSplit({ dataset }: ResolvedJobSpec): void {
  const { split } = dataset;
  const folds = foldsOf(dataset);
  if (folds !== null) {
    throw refused('/dataset/split/folds', 'trials are not cross-validated', { expected: 'none', got: folds });
  }
  if ('validation' in split && split.validation === 0) {
    throw refused('/dataset/split/validation', 'trials are told apart by their validation rows', {
      expected: 'more than 0',
      got: 0,
    });
  }
}

/** Whether a trial has something to tell at the first rung, and goes on from there. */
export function checkFirstRung({ spec, plan }: Planned, { method }: ResolvedSweep): void {
  if (method.type !== 'asha') return;
  const { everySteps, everyEpochs = 1 } = spec.evaluation;
  const firstEvaluation = everySteps ?? everyEpochs * plan.stepsPerEpoch;
  const { minSteps } = method;
  if (minSteps < firstEvaluation) {
    throw refused('/method/minSteps', 'a trial has no evaluation until then', {
      expected: `at least ${firstEvaluation}`,
      got: minSteps,
    });
  }
  if (minSteps >= plan.totalSteps) {
    throw refused('/method/minSteps', 'a trial ends there', {
      expected: `less than ${plan.totalSteps}`,
      got: minSteps,
    });
  }
}

/** Steps of the rungs; none where trials run through. */
export function checkedRungs({ plan }: Planned, { method, budget }: ResolvedSweep): number[] {
  if (method.type !== 'asha') return [];
  const rungs = rungsOf(method, plan.totalSteps);
  const least = method.eta ** rungs.length;
  if (budget.trials < least) {
    throw refused('/budget/trials', `of fewer none comes past ${rungs.length} rungs`, {
      expected: `at least ${least}`,
      got: budget.trials,
    });
  }
  return rungs;
}

/** Configurations to check: all parameters at their first, each at its other extremes while the others stay, and all at their last. */
export function cornersOf(parameters: SweepParameters): Configuration[] {
  const extremes = Object.entries(parameters).map(([path, parameter]) => [path, extremesOf(parameter)] as const);
  const first = Object.fromEntries(extremes.map(([path, values]) => [path, values[0]]));
  const last = Object.fromEntries(extremes.map(([path, values]) => [path, values.at(-1)]));
  const single = extremes.flatMap(([path, values]) => values.slice(1).map((value) => ({ ...first, [path]: value })));
  const corners = [first, ...single, ...(extremes.length > 1 ? [last] : [])];
  if (corners.length > mostCorners) {
    throw refused('/parameters', 'too many extremes and choices to check each', {
      expected: `at most ${mostCorners}`,
      got: corners.length,
    });
  }
  return corners;
}

/** `check` throws where the trial of `configuration` could not be posted. */
export async function checkCorner(
  job: ResolvedJobSpec,
  configuration: Configuration,
  check: (spec: unknown) => Promise<Planned>,
): Promise<Planned> {
  const spec = configured(asPosted(job), configuration);
  if (spec === null) {
    const missing = Object.keys(configuration).find(
      (pointer) => configured(asPosted(job), { [pointer]: null }) === null,
    );
    throw refused(missing === undefined ? '/parameters' : pathOf(missing), 'the job has no such field', {
      got: missing,
    });
  }
  return atPath(
    () => check(spec),
    (path) => {
      const pointer = Object.keys(configuration).find(
        (one) => path !== '' && (isWithin(path, one) || isWithin(one, path)),
      );
      return pointer === undefined ? '/parameters' : pathOf(pointer);
    },
  );
}

/** Errors of the base job. */
export const jobPath = (path: string): string =>
  path.startsWith('/evaluation/best/') ? path.replace('/evaluation/best', '/objective') : `/job${path}`;

/** What `work` refuses, told by where it stands in the sweep. */
export async function atPath<T>(work: () => Promise<T>, pathIn: (path: string) => string): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Problem) || error.details.errors === undefined) throw error;
    const errors = error.details.errors.map((field) => ({ ...field, path: pathIn(field.path) }));
    const [first] = errors;
    const code = error.code === 'invalid_request' ? 'invalid_spec' : error.code;
    throw new Problem(code, `${first?.path}: ${first?.message}`, { ...error.details, errors });
  }
}
