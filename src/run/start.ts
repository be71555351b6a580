/** What a run, or a replay of one, starts from. */
import type { Artifacts } from '../artifacts/index.js';
import type { RecordedEdit } from '../schemas/edits.js';
import type { Origin } from '../store/tables.js';
import { isEditedAt } from './edits.js';
import type { TrainTask } from './protocol.js';

interface Possible {
  /** A checkpoint of the job itself. */
  point: TrainTask['resume'];
  edits: readonly RecordedEdit[];
  /** Of a fork, or of a job that begins with other weights. */
  origin: Origin | null;
}

/**
 * A checkpoint of its own, else the copy of the one that it was forked from or begins with. The own one is inherited as well where it was
 * written by the spec before a change.
 */
export async function startFrom(
  artifacts: Artifacts,
  { point, edits, origin }: Possible,
): Promise<Pick<TrainTask, 'resume' | 'inherit'>> {
  if (point !== null && isEditedAt(edits, point.step)) {
    return { resume: null, inherit: { path: point.path, weights: 'last' } };
  }
  if (point !== null || origin === null) return { resume: point, inherit: null };
  const { key, sha256, ...which } = origin;
  return { resume: null, inherit: { path: await artifacts.localPath(key, sha256), ...which } };
}
