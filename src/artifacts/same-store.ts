/**
 * Every process of one Trainyard must see the same artifact store. The first to start writes a marker into the store and
 * its name into the database; one that finds another marker, or none, has a wrong ARTIFACTS_URL, or a volume that is not
 * mounted, and must not run.
 */
import { randomUUID } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { type Db, inTransaction } from '../store/database.js';
import { recordOnce } from '../store/settings.js';
import { ArtifactError } from './errors.js';
import type { Artifacts } from './index.js';

const key = 'marker';

/** Throws an Error that says what to check. Of several first ones, the database lets one write and the others wait. */
export function requireSameStore(db: Db, artifacts: Artifacts): Promise<void> {
  return inTransaction(db, async (trx) => {
    const marker = (await readMarker(artifacts)) ?? randomUUID();
    const recorded = await recordOnce(trx, 'artifactStore', marker);
    if (recorded === marker) await artifacts.put(key, Buffer.from(marker));
    const here = await readMarker(artifacts);
    if (here === recorded) return;
    throw new Error(
      `ARTIFACTS_URL: expected the artifact store with marker ${recorded}, which this database belongs to, ` +
        `got one with ${here === null ? 'none' : `marker ${here}`}: is the shared folder mounted?`,
    );
  });
}

/**
 * True where a reading failed because the artifact is not what was put, or is gone. Where the marker is gone too, so is
 * the store: a volume that was unmounted damages nothing. Throws `unavailable` then.
 */
export async function isDamage(artifacts: Artifacts, error: unknown): Promise<boolean> {
  if (!(error instanceof ArtifactError)) return false;
  if (error.code === 'missing') await requireMarker(artifacts);
  return error.code === 'corrupt' || error.code === 'missing';
}

/** Throws `unavailable` where the store that was there at start is not. */
export async function requireMarker(artifacts: Artifacts): Promise<void> {
  if ((await readMarker(artifacts)) !== null) return;
  throw new ArtifactError('unavailable', 'the artifact store has lost its marker: is the shared folder mounted?');
}

async function readMarker(artifacts: Artifacts): Promise<string | null> {
  try {
    return await text(await artifacts.get(key));
  } catch (error) {
    if (error instanceof ArtifactError && error.code === 'missing') return null;
    throw error;
  }
}
