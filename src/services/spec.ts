/**
 * A posted spec → the stored spec, with every default filled in and the task decided, and the plan of what it costs. What
 * cannot work is refused here, in milliseconds, before anything is allocated or queued.
 */
import { DataError } from '../data/errors.js';
import { resolveDatasetSpec } from '../data/resolve.js';
import { type DataShape, fillDefaults, planTraining, resolveEngineSpec } from '../engine/index.js';
import { fieldProblem, type Problem } from '../errors.js';
import type { TableContents } from '../schemas/dataset.js';
import type { Plan } from '../schemas/job.js';
import { JobSpec, type ResolvedJobSpec } from '../schemas/job-spec.js';
import type { DatasetRow } from '../store/datasets.js';
import { specProblem } from './problems.js';

export interface Surroundings {
  dataset: Pick<DatasetRow, 'name' | 'contents'>;
  /** What the largest consumer can give to one job. */
  freeBytes: number;
  /** Its speed, null where none has measured it. */
  gflops: number | null;
  /** How it will train: threads, and the bytes that each one's kernels take for themselves. */
  machine: { threads: number; scratchBytes: number };
}

export const unknownDataset = (id: string): Problem =>
  fieldProblem('invalid_spec', { path: '/dataset/id', code: 'unknown_dataset', message: 'no such dataset', got: id });

/**
 * A stored spec could be posted: every value it holds is legal. Its type differs in naming `undefined` the fields that it
 * must not have, and readonly lists.
 */
export const asPosted = (spec: ResolvedJobSpec): JobSpec => spec as unknown as JobSpec;

/** Throws Problem `invalid_spec` or `exceeds_memory`. */
export function planSpec(body: JobSpec, around: Surroundings): { spec: ResolvedJobSpec; plan: Plan } {
  const { spec, plan } = resolve(body, around);
  const { parameters, peakBytes, flopsPerStep, stepsPerEpoch, totalSteps, layers } = plan;
  if (peakBytes > around.freeBytes) throw exceedsMemory(peakBytes, around.freeBytes);
  const estimatedSeconds = around.gflops === null ? null : (flopsPerStep * totalSteps) / (around.gflops * 1e9);
  const reports = layers.map(({ name, type, inputShape, outputShape, parameters }) => ({
    ...{ name, type, parameters },
    inputShape: [...inputShape],
    outputShape: [...outputShape],
  }));
  return {
    spec,
    plan: {
      parameters,
      peakBytes,
      flopsPerStep,
      stepsPerEpoch,
      totalSteps,
      estimatedSeconds,
      layers: reports,
      spec: asPosted(spec),
    },
  };
}

function resolve(body: JobSpec, { dataset, machine }: Pick<Surroundings, 'dataset' | 'machine'>) {
  try {
    const filled = fillDefaults(JobSpec, body) as ResolvedJobSpec;
    const { contents } = dataset;
    if (contents.kind !== 'table') throw notATable(contents.kind);
    const resolved = resolveDatasetSpec(contents.columns, contents.rowCount, filled.dataset, body.task ?? 'auto');
    const shape = shapeOf(filled, contents, resolved);
    const { name = dataset.name, limits, priority, metadata } = filled;
    const spec: ResolvedJobSpec = {
      ...{ name, task: resolved.task },
      dataset: { ...filled.dataset, ignore: resolved.ignore },
      ...resolveEngineSpec(body, shape),
      ...{ limits, priority, metadata },
    };
    return { spec, plan: planTraining(spec, shape, machine) };
  } catch (error) {
    throw specProblem(error);
  }
}

/** Rows without a target are left out; one-hot widths are upper bounds, so the run needs no more than is planned here. */
function shapeOf(
  { dataset: { target, split } }: ResolvedJobSpec,
  { columns, rowCount }: TableContents,
  { task, classes = 1, estimatedInputs }: ReturnType<typeof resolveDatasetSpec>,
): DataShape {
  const rows = rowCount - (columns.find(({ name }) => name === target)?.missing ?? 0);
  const validation = Math.round(split.validation * rows);
  const test = Math.round(split.test * rows);
  return {
    task,
    inputs: estimatedInputs,
    outputs: classes,
    rows: { train: rows - validation - test, validation, test },
  };
}

const notATable = (got: string): DataError =>
  new DataError('unsuitable_dataset', `jobs train on tables, this is ${got}`, {
    path: '/dataset/id',
    expected: 'a table',
    got,
  });

function exceedsMemory(peakBytes: number, freeBytes: number): Problem {
  const expected = `at most ${freeBytes} bytes`;
  const message = `the job needs ${peakBytes} bytes, one job may take ${freeBytes}`;
  return fieldProblem(
    'exceeds_memory',
    { path: '', code: 'exceeds_memory', message, expected, got: peakBytes },
    'make the layers or training.batchSize smaller',
  );
}
