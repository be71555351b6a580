/** Checkpoints of jobs, and the bytes of their files. */
import type { Readable } from 'node:stream';
import type { ByteRange } from '../artifacts/index.js';
import { Problem } from '../errors.js';
import type { Checkpoint } from '../schemas/run.js';
import { type CheckpointRow, getCheckpoint, listCheckpoints } from '../store/checkpoints.js';
import type { PageRequest } from '../store/page.js';
import { found, foundJob } from './found.js';
import type { Parts } from './index.js';

type Owned = { tenantId: string; id: string };

export interface CheckpointFile {
  bytes: number;
  sha256: string;
  read(range?: ByteRange): Readable;
}

export function checkpointService({ db, artifacts }: Parts) {
  return {
    async list(request: PageRequest & { tenantId: string; jobId: string }) {
      await foundJob(db, request.tenantId, request.jobId);
      const { items, nextCursor } = await listCheckpoints(db, request);
      return { items: items.map(toCheckpoint), nextCursor };
    },

    async get({ tenantId, id }: Owned): Promise<Checkpoint> {
      return toCheckpoint(found(await getCheckpoint(db, { tenantId, id }), 'checkpoint', id));
    },

    /** Nothing is opened until `read`. A checkpoint that is just being superseded may lose its file first: not found. */
    async file({ tenantId, id }: Owned): Promise<CheckpointFile> {
      const { artifactKey, bytes, sha256 } = found(await getCheckpoint(db, { tenantId, id }), 'checkpoint', id);
      const stored = await artifacts.stat(artifactKey);
      if (!stored) throw new Problem('not_found', `The file of ${id} was removed`);
      if (stored.bytes !== bytes) throw new Error(`${artifactKey}: expected ${bytes} bytes, got ${stored.bytes}`);
      return { bytes, sha256, read: (range) => artifacts.get(artifactKey, range) };
    },
  };
}

function toCheckpoint(row: CheckpointRow): Checkpoint {
  const { id, jobId, step, kind, best, bytes, sha256, chainSha256, metrics } = row;
  return {
    ...{ id, jobId, step, epoch: row.trainingEpoch, kind, best, bytes, sha256, chainSha256, metrics },
    createdAt: row.createdAt.toISOString(),
  };
}
