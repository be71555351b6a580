/**
 * Every process of one Trainyard must see the same artifact store. The first to start records the store's marker in the
 * database; one that finds another marker has a wrong ARTIFACTS_URL, or a volume that is not mounted, and must not run.
 */
import type { Db } from '../store/database.js';
import { recordOnce } from '../store/settings.js';
import type { Artifacts } from './index.js';

/** Throws an Error that says what to check. */
export async function requireSameStore(db: Db, artifacts: Artifacts): Promise<void> {
  const here = await artifacts.marker();
  const recorded = await recordOnce(db, 'artifactStore', here);
  if (recorded !== here) {
    throw new Error(
      `ARTIFACTS_URL: expected the artifact store with marker ${recorded}, which this database belongs to, ` +
        `got one with marker ${here}: is the shared folder mounted?`,
    );
  }
}
