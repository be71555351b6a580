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
import { tuningOf } from '../run/initialized.js';
import type { DatasetContents } from '../schemas/dataset.js';
import { foldsOf } from '../schemas/dataset-spec.js';
import type { Initialized } from '../schemas/initialize.js';
import type { Plan } from '../schemas/job.js';
import { asPosted, JobSpec, type ResolvedJobSpec } from '../schemas/job-spec.js';
import type { DatasetRow } from '../store/datasets.js';
import { expectPrepared, preparedAs, sameOutputs, shapeAs } from './initialize.js';
import { specProblem } from './problems.js';
import type { Source } from './sources.js';
import { takeOver } from './take-over.js';

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
  /** Where its weights come from. */
  source?: Source | null;
  /** Of a job that has taken weights over already, or that goes on with one that has: the source need not be there any more. */
  initialized?: Initialized | null;
}

export const unknownDataset = (id: string): Problem =>
  fieldProblem('invalid_spec', { path: '/dataset/id', code: 'unknown_dataset', message: 'no such dataset', got: id });

/** Throws Problem `invalid_spec` or `exceeds_memory`. */
export function planSpec(body: JobSpec, around: Surroundings): { spec: ResolvedJobSpec; plan: Plan } {
  const { spec, plan, totalSteps, peakBytes, initialized } = resolve(body, around);
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
      initialized,
    },
  };
}

function resolve(posted: JobSpec, { dataset, machine, dataMemoryBytes, source, ...around }: Surroundings) {
  try {
    const body = source ? preparedAs(source, posted, dataset.contents) : posted;
    const {
      name = dataset.name,
      augmentation,
      initialize = null,
      limits,
      priority,
      metadata,
    } = fillDefaults(JobSpec, body) as ResolvedJobSpec;
    const asked = fillDefaults(ModelSpec, body.model) as ResolvedModelSpec;
    const request = { dataset: body.dataset, task: body.task ?? 'auto', model: asked };
    const { contents } = dataset;
    const resolved = resolveDataset(contents, request);
    const { task, foldRows, model = asked, dataset: data } = resolved;
    const shape = source ? shapeAs(source, resolved.shape) : resolved.shape;
    const spec: ResolvedJobSpec = {
      ...{ name, task, dataset: data, augmentation },
      ...resolveEngineSpec({ ...body, model: model as JobSpec['model'] }, shape),
      ...{ initialize, limits, priority, metadata },
    };
    checkAugmentations(augmentation, { contents, dataset: data, task, shape, spec });
    const { kind } = contents;
    const initialized = source ? initializedFrom(source, spec, { contents, shape }) : (around.initialized ?? null);
    const tuning = initialize && initialized ? tuningOf(initialize, initialized) : undefined;
    const fromFile = streams(kind, shape, dataMemoryBytes);
    const isFed = fromFile || augmentation.length > 0;
    const planFit = (spec: ResolvedJobSpec, shape: DataShape) => {
      const feed = isFed ? feedPlan(augmentation) : undefined;
      const plan = planTraining(spec, shape, { ...machine, feed, tuning });
      return {
        spec,
        plan,
        initialized,
        peakBytes: plan.peakBytes + (isFed ? sourceBytes(kind, shape, { fromFile }) : 0),
      };
    };
    if (foldRows === null) {
      const fit = planFit(spec, shape);
      return { ...fit, totalSteps: fit.plan.totalSteps };
    }
    const fold = planFit(spec, { ...shape, rows: foldRows });
    const last = planFit(withSteps(spec, fold.plan.totalSteps), shape);
    return {
      ...{ spec, plan: last.plan, initialized, peakBytes: Math.max(fold.peakBytes, last.peakBytes) },
      totalSteps: (foldsOf(data)! + 1) * fold.plan.totalSteps,
    };
  } catch (error) {
    throw specProblem(error);
  }
}

/** What the job takes over. Throws Problem `invalid_spec`. */
function initializedFrom(
  source: Source,
  spec: ResolvedJobSpec,
  { contents, shape }: { contents: DatasetContents; shape: DataShape },
): Initialized {
  expectPrepared(source, spec, contents);
  const keepsHead = sameOutputs(source, spec, { contents, outputs: shape.outputs });
  return takeOver(source, spec.initialize!, { spec, shape, keepsHead });
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
