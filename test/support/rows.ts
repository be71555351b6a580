/** Rows for tests of what lies above them: a dataset, a queued job, a claimed one. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { JobResult } from '../../src/schemas/job.js';
import type { ResolvedJobSpec } from '../../src/schemas/job-spec.js';
import type { ModelCard } from '../../src/schemas/run.js';
import { insertCheckpoint } from '../../src/store/checkpoints.js';
import type { Db } from '../../src/store/database.js';
import { insertDataset } from '../../src/store/datasets.js';
import { newId } from '../../src/store/ids.js';
import { insertJob, type NewJob } from '../../src/store/jobs.js';
import { appendMetrics } from '../../src/store/metrics.js';
import type { NewModel } from '../../src/store/models.js';
import { type ClaimedJob, claim, succeed } from '../../src/store/runs.js';

export const tenantId = 'local';
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Enough of a spec for the store, which reads of it only how often metrics are logged. */
export const spec = { name: 'test', logging: { everySteps: 1 } } as ResolvedJobSpec;

export async function addDataset(db: Db): Promise<string> {
  const id = newId('dataset');
  const { dataset } = await insertDataset(db, {
    ...{ tenantId, id, name: 'numbers', format: 'csv', bytes: 10, sha256: sha256(id) },
    contents: { kind: 'table', rowCount: 2, columns: [] },
    ...{ artifactKey: `datasets/${id}.safetensors`, artifactBytes: 100, artifactSha256: sha256(`artifact ${id}`) },
  });
  return dataset.id;
}

/** A job that could be inserted: every default of `NewJob` and what the test wants otherwise. */
export function newJob(datasetId: string, overrides: Partial<NewJob> = {}): NewJob {
  return {
    ...{ tenantId, id: newId('job'), name: 'test', spec, datasetId, peakBytes: 1000, priority: 0, metadata: {} },
    ...{ steps: { before: 0, promised: 10 }, checkpointBytes: 100 },
    ...overrides,
  };
}

export async function addJob(db: Db, overrides: Partial<NewJob> = {}): Promise<string> {
  const job = newJob(overrides.datasetId ?? (await addDataset(db)), overrides);
  await insertJob(db, job);
  return job.id;
}

/** A job that `consumerId` runs, on its first attempt. */
export async function addRun(db: Db, consumerId = 'c1'): Promise<ClaimedJob> {
  const jobId = await addJob(db);
  const run = await claim(db, { jobId, generation: 1, consumerId, leaseSeconds: 60, fingerprint: 'f' });
  assert.ok(run);
  return run;
}

/** Adds a checkpoint at `step` to a run; returns its id. */
export async function addCheckpoint(db: Db, run: ClaimedJob, step: number): Promise<string> {
  const id = newId('checkpoint');
  await insertCheckpoint(db, {
    ...{ jobId: run.id, epoch: run.epoch, id, step, trainingEpoch: 1, kind: 'periodic', best: true },
    ...{ artifactKey: `jobs/${run.id}/${run.epoch}/${step}`, bytes: 10, sha256: sha256(id), metrics: {} },
  });
  return id;
}

/** A job that has succeeded, with one of everything that a run leaves. */
export async function addSucceededJob(db: Db): Promise<{ id: string; modelId: string; checkpointId: string }> {
  const run = await addRun(db);
  const { id: jobId, epoch } = run;
  await appendMetrics(db, { jobId, epoch, segment: 0, rows: new Map([['train.loss', { steps: [1], values: [1] }]]) });
  const checkpointId = await addCheckpoint(db, run, 1);
  const modelId = newId('model');
  await succeed(db, { jobId, epoch, result: resultOf(modelId, checkpointId), model: modelOf(modelId, checkpointId) });
  return { id: jobId, modelId, checkpointId };
}

export function modelOf(id: string, checkpointId: string): NewModel {
  const card: ModelCard = { task: 'regression', target: 'y', features: [{ name: 'x', type: 'number' }], classes: null };
  const tokenizer = { type: 'byte', tokens: 256 } as const;
  return { id, name: 'test', checkpointId, card, preparation: { kind: 'stream', task: 'languageModel', tokenizer } };
}

export function resultOf(modelId: string, bestCheckpointId: string): JobResult {
  const train = { rows: 2, values: { mse: 0.5 } };
  return { modelId, bestCheckpointId, reason: 'completed', metrics: { train, validation: null, test: null } };
}
