/** Races between remedies, written once. */
import type { Selectable } from 'kysely';
import { Problem } from '../errors.js';
import type { Db } from './database.js';
import { json } from './json.js';
import type { RacesTable } from './tables.js';

export type RaceRow = Selectable<RacesTable>;

/** Stores a race, unless its key has done so before; returns the one that the key made. */
export async function insertRace(db: Db, { entrants, ...race }: Omit<RaceRow, 'createdAt'>): Promise<RaceRow> {
  const inserted = await db
    .insertInto('races')
    .values({ ...race, entrants: json(entrants) })
    .onConflict((conflict) => conflict.columns(['tenantId', 'idempotencyKey']).doNothing())
    .returningAll()
    .executeTakeFirst();
  const { tenantId, idempotencyKey, bodySha256 } = race;
  return inserted ?? (await raceOfKey(db, { tenantId, key: idempotencyKey!, bodySha256 }))!;
}

/** The race that `key` made. Throws Problem `idempotency_mismatch` where that was from another body. */
export async function raceOfKey(
  db: Db,
  { tenantId, key, bodySha256 }: { tenantId: string; key: string; bodySha256: string },
): Promise<RaceRow | undefined> {
  const row = await db
    .selectFrom('races')
    .selectAll()
    .where('tenantId', '=', tenantId)
    .where('idempotencyKey', '=', key)
    .executeTakeFirst();
  if (row && row.bodySha256 !== bodySha256) {
    throw new Problem('idempotency_mismatch', `This key made ${row.id} from another body`);
  }
  return row;
}

/** Newest first. */
export const racesOfJob = (db: Db, { tenantId, jobId }: { tenantId: string; jobId: string }): Promise<RaceRow[]> =>
  db
    .selectFrom('races')
    .selectAll()
    .where('tenantId', '=', tenantId)
    .where('jobId', '=', jobId)
    .orderBy('id', 'desc')
    .execute();
