/**
 * The checkpoint that a fork starts from: chosen, compared with the fork's spec, and copied below the new job's own
 * prefix, which checks every byte of it and lets it outlive the job that it came from.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Artifacts } from '../artifacts/index.js';
import { originKey } from '../artifacts/keys.js';
import { EngineError, type Inheritance, type InheritedWeights, inheritanceOf } from '../engine/index.js';
import { fieldProblem, type Problem } from '../errors.js';
import { tuningOf } from '../run/initialized.js';
import { foldsOf } from '../schemas/dataset-spec.js';
import type { Initialized } from '../schemas/initialize.js';
import type { ResolvedJobSpec } from '../schemas/job-spec.js';
import { type CheckpointRow, getCheckpoint, listCheckpoints } from '../store/checkpoints.js';
import type { Db } from '../store/database.js';
import type { JobRow } from '../store/jobs.js';
import type { Origin } from '../store/tables.js';
import { copyHeld, headerOf } from './sources.js';

/** Of a job at most: retention keeps far fewer. */
const mostCheckpoints = 2000;

/** Of a fork. */
type InheritedOrigin = Origin & { weights: InheritedWeights };

interface Copy {
  origin: InheritedOrigin;
  checkpoint: CheckpointRow;
}

/**
 * The first of the checkpoints that `from` may mean whose file is what its row says, copied for job `jobId`; null where
 * there is none. One that is pruned before it can be held has a successor: the choice is made again.
 */
export async function copyCheckpoint(
  parts: { db: Db; artifacts: Artifacts },
  parent: JobRow,
  { from, ...wanted }: { from: string; jobId: string; weights: InheritedWeights },
): Promise<Copy | null> {
  for (;;) {
    const copied = await copyFirstWhole(parts, await candidates(parts.db, parent, from), wanted);
    if (copied !== 'pruned') return copied;
  }
}

/** Checkpoints of `job` that `from` may mean, the first choice first. */
async function candidates(db: Db, { id, tenantId }: JobRow, from: string): Promise<CheckpointRow[]> {
  if (from === 'last' || from === 'best') {
    const { items } = await listCheckpoints(db, { tenantId, jobId: id, limit: mostCheckpoints });
    return items.sort((a, b) => b.step - a.step);
  }
  const named = await getCheckpoint(db, { tenantId, id: from });
  return named?.jobId === id ? [named] : [];
}

async function copyFirstWhole(
  { db, artifacts }: { db: Db; artifacts: Artifacts },
  rows: readonly CheckpointRow[],
  { jobId, weights }: { jobId: string; weights: InheritedWeights },
): Promise<Copy | 'pruned' | null> {
  for (const checkpoint of rows) {
    const copied = await copyHeld({ db, artifacts }, checkpoint, jobId);
    if (copied === 'pruned') return 'pruned';
    if (copied !== 'damaged') return { origin: { ...copied, weights }, checkpoint };
  }
  return null;
}

/** For the retry of a job that did not start from the beginning and made no checkpoint of its own. */
export async function copyOrigin(artifacts: Artifacts, { key, ...origin }: Origin, jobId: string): Promise<Origin> {
  const copy = originKey(jobId);
  await artifacts.put(copy, await artifacts.get(key), { sha256: origin.sha256 });
  return { ...origin, key: copy };
}

/** What a job of `spec` takes over. Throws Problem `invalid_spec` where it cannot start from there. */
export async function takenOver(
  artifacts: Artifacts,
  origin: InheritedOrigin,
  { parent, spec }: { parent: JobRow; spec: ResolvedJobSpec },
): Promise<Inheritance> {
  expectSamePreparation(parent.spec, spec);
  expectNoFolds(spec);
  const { what, step, totalSteps } = await inheritance(artifacts, origin, { spec, initialized: parent.initialized });
  if (what === 'training' && step >= totalSteps) {
    const message = `the checkpoint is at step ${step} and the job ends there`;
    const field = {
      path: '/training',
      code: 'nothing_left',
      message,
      expected: `more than ${step} steps`,
      got: totalSteps,
    };
    throw fieldProblem('invalid_spec', field, 'train longer, or fork from best, which starts at step 0');
  }
  return { what, step, totalSteps };
}

async function inheritance(
  artifacts: Artifacts,
  { key, weights }: InheritedOrigin,
  { spec, initialized }: { spec: ResolvedJobSpec; initialized: Initialized | null },
): Promise<Inheritance> {
  const tuning = spec.initialize && initialized ? tuningOf(spec.initialize, initialized) : undefined;
  try {
    return inheritanceOf(await headerOf(artifacts, key), spec, { weights, tuning });
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    const { path = '', expected, got } = error.details;
    throw fieldProblem('invalid_spec', { path, code: error.code, message: error.message, expected, got });
  }
}

/** Imputation, scaling and classes were fitted on the training split, and the weights belong to them. */
function expectSamePreparation(parent: ResolvedJobSpec, spec: ResolvedJobSpec): void {
  const parts: [path: string, expected: unknown, got: unknown][] = [
    ['/dataset', parent.dataset, spec.dataset],
    ['/task', parent.task, spec.task],
    ['/initialize', parent.initialize ?? null, spec.initialize ?? null],
    ['/training/seed', parent.training.seed, spec.training.seed], // it draws the split
  ];
  for (const [path, expected, got] of parts) {
    if (!isDeepStrictEqual(expected, got)) throw otherPreparation(path, expected, got);
  }
}

/** Weights that have learnt from rows would be validated on them. */
function expectNoFolds({ dataset }: ResolvedJobSpec): void {
  const got = foldsOf(dataset);
  if (got === null) return;
  const message = 'a cross-validated job cannot start from weights that have seen its folds';
  const field = { path: '/dataset/split/folds', code: 'unsuitable_field', message, expected: null, got };
  throw fieldProblem('invalid_spec', field, 'fork from start');
}

const otherPreparation = (path: string, expected: unknown, got: unknown): Problem =>
  fieldProblem(
    'invalid_spec',
    {
      path,
      code: 'other_preparation',
      message: 'the weights belong to data that were prepared by this',
      expected,
      got,
    },
    'fork from start',
  );
