/** Where a run goes on from: the furthest checkpoint whose file is what its row says. */
import type { Logger } from 'pino';
import type { Artifacts } from '../artifacts/index.js';
import { isDamage } from '../artifacts/same-store.js';
import { recordVerification } from '../store/checkpoint-keeping.js';
import { checkpointsOfJob } from '../store/checkpoints.js';
import type { Db } from '../store/database.js';
import type { TrainTask } from './protocol.js';

interface Context {
  db: Db;
  artifacts: Artifacts;
  log: Pick<Logger, 'warn'>;
}

/** A damaged or missing file is marked and passed over for the one before; null, the start, where none is left. */
export async function findResumePoint(jobId: string, { db, artifacts, log }: Context): Promise<TrainTask['resume']> {
  for (const { id, artifactKey, sha256, step, verifiedOk } of await checkpointsOfJob(db, jobId)) {
    if (!verifiedOk) continue;
    try {
      const path = await artifacts.localPath(artifactKey, sha256);
      await recordVerification(db, { id, jobId, ok: true });
      return { path, step };
    } catch (error) {
      if (!(await isDamage(artifacts, error))) throw error;
      log.warn({ err: error, checkpointId: id }, 'this checkpoint cannot be resumed from');
      await recordVerification(db, { id, jobId, ok: false });
    }
  }
  return null;
}
