/** Checkpoints of jobs, and the bytes of their files. */
import { Readable } from 'node:stream';
import type { Artifacts, ByteRange } from '../artifacts/index.js';
import { isDamage, requireMarker } from '../artifacts/same-store.js';
import { tallied, tallyOf } from '../artifacts/tally.js';
import { Problem } from '../errors.js';
import type { Checkpoint } from '../schemas/run.js';
import { deleteCheckpoint, pinCheckpoint, recordVerification } from '../store/checkpoint-keeping.js';
import { holdCheckpoint } from '../store/checkpoint-readers.js';
import { type CheckpointRow, getCheckpoint, listCheckpoints } from '../store/checkpoints.js';
import type { Db } from '../store/database.js';
import type { PageRequest } from '../store/page.js';
import { found, foundJob } from './found.js';
import type { Parts } from './index.js';

type Owned = { tenantId: string; id: string };

export interface CheckpointFile {
  bytes: number;
  sha256: string;
  read(range?: ByteRange): Promise<Readable>;
}

export function checkpointService({ db, artifacts, config, log }: Parts) {
  const foundCheckpoint = async ({ tenantId, id }: Owned): Promise<CheckpointRow> =>
    found(await getCheckpoint(db, { tenantId, id }), 'checkpoint', id);

  /** Reads the whole file from the store and records whether it is what was written. */
  async function verify({ id, jobId, artifactKey, sha256 }: CheckpointRow): Promise<CheckpointRow> {
    const ok = await hasHash(artifactKey, sha256);
    return found(await recordVerification(db, { id, jobId, ok }), 'checkpoint', id);
  }

  async function hasHash(artifactKey: string, sha256: string): Promise<boolean> {
    try {
      return (await tallyOf(await artifacts.get(artifactKey), artifactKey)).sha256 === sha256;
    } catch (error) {
      if (await isDamage(artifacts, error)) return false;
      throw error;
    }
  }

  /**
   * The bytes, while a row says that somebody reads them. The last chunk of a whole file is held back until its hash is
   * known to be right, so that a damaged one is a download that breaks off.
   */
  async function open(row: CheckpointRow, range?: ByteRange): Promise<Readable> {
    const { id, tenantId, artifactKey, sha256 } = row;
    const reader = found((await holdCheckpoint(db, { tenantId, id })) ?? undefined, 'checkpoint', id);
    const release = () => reader.release().catch((err: unknown) => log.warn({ err }, 'a reader stays until its time'));
    try {
      const stored = await artifacts.get(artifactKey, range);
      const stream = range ? stored : Readable.from(tallied(stored, { key: artifactKey, sha256 }));
      stream.once('close', () => {
        stored.destroy(); // which the generator does only once it has begun
        void release();
      });
      stream.once('error', (error) => void damageProblem({ db, artifacts }, row, error).catch(() => undefined));
      return stream;
    } catch (error) {
      await release();
      throw await damageProblem({ db, artifacts }, row, error);
    }
  }

  return {
    async list(request: PageRequest & { tenantId: string; jobId: string }) {
      await foundJob(db, request.tenantId, request.jobId);
      const { items, nextCursor } = await listCheckpoints(db, request);
      return { items: items.map(toCheckpoint), nextCursor };
    },

    async get({ tenantId, id, verify: again = false }: Owned & { verify?: boolean | undefined }): Promise<Checkpoint> {
      const row = await foundCheckpoint({ tenantId, id });
      return toCheckpoint(again ? await verify(row) : row);
    },

    /** Problem `quota_exceeded` where the job's pinned ones would take more than it may keep. */
    async pin(request: Owned & { pinned: boolean }): Promise<Checkpoint> {
      return toCheckpoint(await pinCheckpoint(db, { ...request, maxBytes: config.maxCheckpointBytes }));
    },

    /** Problem `in_use` says what keeps it. */
    async delete(owned: Owned): Promise<void> {
      const { artifactKey } = await deleteCheckpoint(db, owned);
      await artifacts.remove(artifactKey);
    },

    /** Nothing is opened until `read`. Problem `checkpoint_damaged` for one that is, or is found to be. */
    async file(owned: Owned): Promise<CheckpointFile> {
      const row = await foundCheckpoint(owned);
      const { id, jobId, artifactKey, bytes, sha256 } = row;
      if (!row.verifiedOk) throw damaged(id);
      const stored = await artifacts.stat(artifactKey);
      if (stored?.bytes !== bytes) {
        await requireMarker(artifacts);
        found(await recordVerification(db, { id, jobId, ok: false }), 'checkpoint', id); // or it was just superseded
        throw damaged(id);
      }
      return { bytes, sha256, read: (range) => open(row, range) };
    },
  };
}

/** What a failed reading of a checkpoint is to a client; damage is recorded. */
export async function damageProblem(
  { db, artifacts }: { db: Db; artifacts: Artifacts },
  { id, jobId }: Pick<CheckpointRow, 'id' | 'jobId'>,
  error: unknown,
): Promise<unknown> {
  if (!(await isDamage(artifacts, error))) return error;
  await recordVerification(db, { id, jobId, ok: false });
  return damaged(id);
}

export const damaged = (id: string): Problem =>
  new Problem('checkpoint_damaged', `The bytes of ${id} are no longer those that were written`);

function toCheckpoint(row: CheckpointRow): Checkpoint {
  const { id, jobId, step, kind, best, bytes, sha256, chainSha256, metrics, pinned } = row;
  return {
    ...{ id, jobId, step, epoch: row.trainingEpoch, kind, best, bytes, sha256, chainSha256, metrics, pinned },
    verified: { at: row.verifiedAt.toISOString(), ok: row.verifiedOk },
    createdAt: row.createdAt.toISOString(),
  };
}
