/**
 * Makes a run's checkpoints durable: file first, then the row that vouches for it (under the run's epoch, with the file's
 * hash), then the superseded ones go. A crash in between leaves at most a file that no row names.
 */
import { webcrypto } from 'node:crypto';
import type { Logger } from 'pino';
import type { Artifacts } from '../artifacts/index.js';
import { checkpointKey } from '../artifacts/keys.js';
import type { Config } from '../config.js';
import type { ResolvedJobSpec } from '../schemas/job-spec.js';
import { deleteCheckpoints } from '../store/checkpoint-keeping.js';
import { checkpointsOfJob, findEqualCheckpoint, getCheckpoint, insertCheckpoint } from '../store/checkpoints.js';
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
  config: Pick<Config, 'maxCheckpointBytes'>;
  log: Pick<Logger, 'warn'>;
  run: RunKey & { tenantId: string; spec: ResolvedJobSpec };
  /** Aborts waiting for a database or an artifact store that is away. */
  signal: AbortSignal;
}

export class CheckpointStore {
  readonly #options: CheckpointStoreOptions;
  #latest: { id: string; artifactKey: string } | null = null;

  constructor(options: CheckpointStoreOptions) {
    this.#options = options;
  }

  /**
   * Resolves with the checkpoint's id once it may be resumed from. Throws StaleEpochError, or an ArtifactError with the
   * code `storage` where the store is full or broken: then the checkpoint before is what the run has.
   */
  async store({ kind, step, epoch, best, metrics, bytes }: CheckpointMessage): Promise<string> {
    const { db, artifacts, run, signal } = this.#options;
    const { jobId, tenantId } = run;
    const startedAt = performance.now();
    const sha256 = Buffer.from(await webcrypto.subtle.digest('SHA-256', bytes)).toString('hex'); // off this thread
    const artifactKey = checkpointKey({ jobId, epoch: run.epoch, step, sha256 });
    // Stopped where a periodic one was just taken: it is the same file.
    if (this.#latest?.artifactKey === artifactKey) return this.#latest.id;
    const written = await persist(() => findEqualCheckpoint(db, { jobId, step, kind, sha256 }), signal);
    if (written !== undefined) return written;
    await persist(() => artifacts.put(artifactKey, bytes, { sha256 }), signal);

    const id = newId('checkpoint');
    const row = {
      ...{ id, jobId, epoch: run.epoch, step, trainingEpoch: epoch, kind, best, artifactKey, sha256 },
      bytes: bytes.byteLength,
      metrics: Object.fromEntries(Object.entries(metrics).map(([name, value]) => [name, toFloat(value)])),
    };
    await persist(async () => {
      // A commit whose answer was lost is not made twice.
      const storedSeconds = (performance.now() - startedAt) / 1000;
      if (!(await getCheckpoint(db, { tenantId, id }))) await insertCheckpoint(db, { ...row, storedSeconds });
    }, signal);
    this.#latest = { id, artifactKey };
    await this.#prune();
    return id;
  }

  /** What cannot go yet, since it is being downloaded, goes with the next. */
  async #prune(): Promise<void> {
    const { db, artifacts, config, log, run, signal } = this.#options;
    const { jobId, epoch, spec } = run;
    const keys = await persist(async () => {
      const rows = await checkpointsOfJob(db, jobId);
      const ids = superseded(rows, { ...spec, maxBytes: config.maxCheckpointBytes });
      return ids.length === 0 ? [] : deleteCheckpoints(db, { jobId, epoch, ids });
    }, signal);
    for (const key of keys) {
      await persist(() => artifacts.remove(key), signal).catch((err: unknown) => {
        log.warn({ err, key }, 'a superseded checkpoint’s file stays until its job is deleted');
      });
    }
  }
}
