/**
 * Makes a run's checkpoints durable: file first, then the row that vouches for it (under the run's epoch, with the file's
 * hash), then the superseded ones go. A crash in between leaves at most a file that no row names.
 */
import { webcrypto } from 'node:crypto';
import type { Artifacts } from '../artifacts/index.js';
import type { ResolvedJobSpec } from '../schemas/job-spec.js';
import {
  deleteCheckpoints,
  findEqualCheckpoint,
  getCheckpoint,
  insertCheckpoint,
  listCheckpoints,
} from '../store/checkpoints.js';
import type { Db } from '../store/database.js';
import type { RunKey } from '../store/fence.js';
import { newId } from '../store/ids.js';
import { toFloat } from './predictions.js';
import type { CheckpointMessage } from './protocol.js';
import { superseded } from './retention.js';
import { persist } from './transient.js';

export interface CheckpointStoreOptions {
  db: Db;
  artifacts: Artifacts;
  run: RunKey & { tenantId: string; spec: ResolvedJobSpec };
  /** Aborts waiting for a database that is away. */
  signal: AbortSignal;
}

export class CheckpointStore {
  readonly #options: CheckpointStoreOptions;
  #latest: { id: string; artifactKey: string } | null = null;

  constructor(options: CheckpointStoreOptions) {
    this.#options = options;
  }

  /** Resolves with the checkpoint's id once it may be resumed from. Throws StaleEpochError. */
  async store({ kind, step, epoch, best, metrics, bytes }: CheckpointMessage): Promise<string> {
    const { db, artifacts, run, signal } = this.#options;
    const { jobId, tenantId } = run;
    const sha256 = Buffer.from(await webcrypto.subtle.digest('SHA-256', bytes)).toString('hex'); // off this thread
    const artifactKey = `jobs/${jobId}/${run.epoch}/${step}-${sha256}.safetensors`;
    // Stopped where a periodic one was just taken: it is the same file.
    if (this.#latest?.artifactKey === artifactKey) return this.#latest.id;
    const written = await persist(() => findEqualCheckpoint(db, { jobId, step, kind, sha256 }), signal);
    if (written !== undefined) return written;
    await artifacts.put(artifactKey, bytes, { sha256 });

    const id = newId('checkpoint');
    const row = {
      ...{ id, jobId, epoch: run.epoch, step, trainingEpoch: epoch, kind, best, artifactKey, sha256 },
      bytes: bytes.byteLength,
      metrics: Object.fromEntries(Object.entries(metrics).map(([name, value]) => [name, toFloat(value)])),
    };
    await persist(async () => {
      // A commit whose answer was lost is not made twice.
      if (!(await getCheckpoint(db, { tenantId, id }))) await insertCheckpoint(db, row);
    }, signal);
    this.#latest = { id, artifactKey };
    await this.#prune();
    return id;
  }

  async #prune(): Promise<void> {
    const { db, artifacts, run, signal } = this.#options;
    const { jobId, epoch, tenantId, spec } = run;
    const { keepLast, keepBest } = spec.checkpoints;
    const keys = await persist(async () => {
      const { items } = await listCheckpoints(db, { tenantId, jobId, limit: keepLast + keepBest + 2 });
      const ids = superseded(items, spec);
      return ids.length === 0 ? [] : deleteCheckpoints(db, { jobId, epoch, ids });
    }, signal);
    for (const key of keys) await artifacts.remove(key);
  }
}
