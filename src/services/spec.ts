/**
 * A posted spec → the stored spec, with every default filled in and the task decided, and the plan of what it costs. What
 * cannot work is refused here, in milliseconds, before anything is allocated or queued.
 */
import { checkAugmentations } from '../data/augment/check.js';
import { feedPlan } from '../data/feed/feed.js';
import { sourceBytes, streams } from '../data/feed/feed-data.js';
import { resolveDataset } from '../data/resolve-dataset.js';
import {
  type DataShape,
  fillDefaults,
  ModelSpec,
  planTraining,
  type ResolvedModelSpec,
  resolveEngineSpec,
} from '../engine/index.js';
import { fieldProblem, type Problem } from '../errors.js';
import { withSteps } from '../run/fits.js';
import { foldsOf } from '../schemas/dataset-spec.js';
import type { Plan } from '../schemas/job.js';
import { asPosted, JobSpec, type ResolvedJobSpec } from '../schemas/job-spec.js';
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
  /** Of encoded rows that may stand in memory. */
  dataMemoryBytes: number;
}

export const unknownDataset = (id: string): Problem =>
  fieldProblem('invalid_spec', { path: '/dataset/id', code: 'unknown_dataset', message: 'no such dataset', got: id });

/** Throws Problem `invalid_spec` or `exceeds_memory`. */
export function planSpec(body: JobSpec, around: Surroundings): { spec: ResolvedJobSpec; plan: Plan } {
  const { spec, plan, totalSteps, peakBytes } = resolve(body, around);
  const { parameters, flopsPerStep, stepsPerEpoch, layers } = plan;
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

function resolve(body: JobSpec, { dataset, machine, dataMemoryBytes }: Surroundings) {
  try {
    const {
      name = dataset.name,
      augmentation,
      limits,
      priority,
      metadata,
    } = fillDefaults(JobSpec, body) as ResolvedJobSpec;
    const asked = fillDefaults(ModelSpec, body.model) as ResolvedModelSpec;
    const request = { dataset: body.dataset, task: body.task ?? 'auto', model: asked };
    const { task, shape, foldRows, model = asked, dataset: data } = resolveDataset(dataset.contents, request);
    const spec: ResolvedJobSpec = {
      ...{ name, task, dataset: data, augmentation },
      ...resolveEngineSpec({ ...body, model: model as JobSpec['model'] }, shape),
      ...{ limits, priority, metadata },
    };
    checkAugmentations(augmentation, { contents: dataset.contents, dataset: data, task, shape, spec });
    const { kind } = dataset.contents;
    const fromFile = streams(kind, shape, dataMemoryBytes);
    const isFed = fromFile || augmentation.length > 0;
    const planFit = (spec: ResolvedJobSpec, shape: DataShape) => {
      const plan = planTraining(spec, shape, { ...machine, feed: isFed ? feedPlan(augmentation) : undefined });
      return { spec, plan, peakBytes: plan.peakBytes + (isFed ? sourceBytes(kind, shape, { fromFile }) : 0) };
    };
    if (foldRows === null) {
      const fit = planFit(spec, shape);
      return { ...fit, totalSteps: fit.plan.totalSteps };
    }
    const fold = planFit(spec, { ...shape, rows: foldRows });
    const last = planFit(withSteps(spec, fold.plan.totalSteps), shape);
    return {
      ...{ spec, plan: last.plan, peakBytes: Math.max(fold.peakBytes, last.peakBytes) },
      totalSteps: (foldsOf(data)! + 1) * fold.plan.totalSteps,
    };
  } catch (error) {
    throw specProblem(error);
  }
}

function exceedsMemory(peakBytes: number, freeBytes: number): Problem {
  const expected = `at most ${freeBytes} bytes`;
  const message = `the job needs ${peakBytes} bytes, one job may take ${freeBytes}`;
  return fieldProblem(
    'exceeds_memory',
    { path: '', code: 'exceeds_memory', message, expected, got: peakBytes },
    'make the layers or training.batchSize smaller',
  );
}
