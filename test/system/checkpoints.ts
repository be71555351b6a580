/** A checkpoint of some size as a consumer stores it, and what a run's folder and rows hold afterwards. */
import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Artifacts } from '../../src/artifacts/index.js';
import { jobPrefix } from '../../src/artifacts/keys.js';
import { tallyOf } from '../../src/artifacts/tally.js';
import { CheckpointStore } from '../../src/run/checkpoint-store.js';
import { findResumePoint } from '../../src/run/resume-point.js';
import type { ResolvedJobSpec } from '../../src/schemas/job-spec.js';
import type { Db } from '../../src/store/database.js';
import type { RunKey } from '../../src/store/fence.js';
import { tenantId } from '../support/rows.js';

/** Three writes of Node's. */
export const checkpointBytes = 1_300_000;

/** A new checkpoint supersedes the one before, whose file is then removed. */
const spec = {
  checkpoints: { keepLast: 1, keepBest: 0 },
  evaluation: { best: { metric: 'validation.loss', mode: 'min' } },
} as ResolvedJobSpec;

interface Context {
  db: Db;
  artifacts: Artifacts;
  run: RunKey;
}

export const bytesAt = (step: number): Uint8Array<ArrayBuffer> => new Uint8Array(checkpointBytes).fill(step);
export const sha256At = (step: number): string => createHash('sha256').update(bytesAt(step)).digest('hex');

export function storeCheckpoint({ db, artifacts, run }: Context, step: number): Promise<string> {
  const store = new CheckpointStore({
    ...{ db, artifacts, config: { maxCheckpointBytes: Number.MAX_SAFE_INTEGER }, log: { warn: () => undefined } },
    ...{ run: { ...run, tenantId, spec }, signal: new AbortController().signal },
  });
  const message = { type: 'checkpoint', kind: 'periodic', step, epoch: 1, best: false, metrics: {} } as const;
  return store.store({ ...message, bytes: bytesAt(step) });
}

export interface Survey {
  /** Where the run would go on. */
  resumesAt: number | null;
  /** Artifacts that are not what their names say. */
  damaged: string[];
  /** Files that are no artifacts: a killed process may leave them. */
  temporary: number;
}

export async function surveyOf({ db, artifacts, run, folder }: Context & { folder: string }): Promise<Survey> {
  const point = await findResumePoint(run.jobId, { db, artifacts, log: { warn: () => undefined } });
  const damaged: string[] = [];
  for (const key of await artifacts.list(jobPrefix(run.jobId))) {
    const { sha256 } = await tallyOf(await artifacts.get(key), key);
    if (!key.endsWith(`-${sha256}.safetensors`)) damaged.push(key);
  }
  const files = await readdir(join(folder, jobPrefix(run.jobId)), { recursive: true }).catch(() => []);
  const temporary = files.filter((path) => /(^|\/)\.[^/]*$/.test(path)).length;
  return { resumesAt: point?.step ?? null, damaged, temporary };
}
