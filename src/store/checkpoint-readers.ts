/** Who is downloading a checkpoint: while there is such a row and its time has not passed, the checkpoint stays. */
import { sql } from 'kysely';
import type { Db } from './database.js';
import { isForeignKeyViolation } from './sql-state.js';

const seconds = 60;
const until = sql<Date>`clock_timestamp() + make_interval(secs => ${seconds})`;

/** A reader that lives until it is released; null where the checkpoint is gone. */
export async function holdCheckpoint(
  db: Db,
  { tenantId, id }: { tenantId: string; id: string },
): Promise<{ release(): Promise<void> } | null> {
  const reader = await db
    .insertInto('checkpointReaders')
    .values({ tenantId, checkpointId: id, until })
    .returning('id')
    .executeTakeFirstOrThrow()
    .catch((error: unknown) => {
      if (isForeignKeyViolation(error)) return null;
      throw error;
    });
  if (reader === null) return null;
  const renewal = setInterval(
    () => {
      const renewed = db.updateTable('checkpointReaders').set({ until }).where('id', '=', reader.id).execute();
      renewed.catch(() => undefined); // twice more before its time has passed
    },
    (seconds * 1000) / 3,
  );
  renewal.unref();
  return {
    async release() {
      clearInterval(renewal);
      await db.deleteFrom('checkpointReaders').where('id', '=', reader.id).execute();
    },
  };
}
