/** Where a run goes on from: the furthest checkpoint whose file is what its row says. */
import type { Logger } from 'pino';
import { ArtifactError } from '../artifacts/errors.js';
import type { Artifacts } from '../artifacts/index.js';
import { listCheckpoints } from '../store/checkpoints.js';
import type { Db } from '../store/database.js';
import type { ClaimedJob } from '../store/runs.js';
import type { TrainTask } from './protocol.js';

interface Context {
  db: Db;
  artifacts: Artifacts;
  log: Logger;
}

/** A damaged or missing file is passed over for the one before; null, the start, where none is left. */
export async function findResumePoint(job: ClaimedJob, { db, artifacts, log }: Context): Promise<TrainTask['resume']> {
  if (job.checkpoint === null) return null;
  const { keepLast, keepBest } = job.spec.checkpoints;
  const limit = keepLast + keepBest + 2; // what pruning leaves, and the one it had not come to
  const { items } = await listCheckpoints(db, { tenantId: job.tenantId, jobId: job.id, limit });
  for (const { id, artifactKey, sha256, step } of items.sort((a, b) => b.step - a.step)) {
    try {
      return { path: await artifacts.localPath(artifactKey, sha256), step };
    } catch (error) {
      if (!(error instanceof ArtifactError && ['corrupt', 'missing'].includes(error.code))) throw error;
      log.warn({ err: error, checkpointId: id }, 'this checkpoint cannot be resumed from');
    }
  }
  return null;
}
