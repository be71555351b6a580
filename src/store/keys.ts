/** API keys. A key is found by its SHA-256, so that no comparison of secrets can be timed, and a stolen table opens nothing. */
import { type Selectable, sql } from 'kysely';
import type { Scope } from '../schemas/key.js';
import type { Db } from './database.js';
import { storableText } from './json.js';
import { decodeCursor, type PageOf, type PageRequest, toPage } from './page.js';
import type { ApiKeysTable } from './tables.js';

export type KeyRow = Selectable<ApiKeysTable>;

export interface NewKeyRow {
  id: string;
  tenantId: string;
  name: string;
  prefix: string;
  sha256: string;
  scope: Scope;
  expiresAt: Date | null;
}

export function insertKey(db: Db, key: NewKeyRow): Promise<KeyRow> {
  return db
    .insertInto('apiKeys')
    .values({ ...key, name: storableText(key.name) })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** The key with this hash, unless it has expired; that it was used is noted once a minute. */
export async function findKey(db: Db, sha256: string): Promise<KeyRow | undefined> {
  const row = await db
    .selectFrom('apiKeys')
    .selectAll()
    .select(sql<boolean>`last_used_at is null or last_used_at < now() - interval '1 minute'`.as('isStale'))
    .where('sha256', '=', sha256)
    .where(sql<boolean>`expires_at is null or expires_at > now()`)
    .executeTakeFirst();
  if (row?.isStale) {
    await db.updateTable('apiKeys').set({ lastUsedAt: sql<Date>`now()` }).where('id', '=', row.id).execute();
  }
  return row;
}

/** Newest first. */
export async function listKeys(
  db: Db,
  { tenantId, cursor, limit }: PageRequest & { tenantId: string },
): Promise<PageOf<KeyRow>> {
  let query = db
    .selectFrom('apiKeys')
    .selectAll()
    .where('tenantId', '=', tenantId)
    .orderBy('id', 'desc')
    .limit(limit + 1);
  if (cursor !== undefined) query = query.where('id', '<', decodeCursor(cursor, 'key'));
  return toPage(await query.execute(), limit);
}

/** Whether there was one. It opens nothing from the next request on. */
export async function deleteKey(db: Db, { tenantId, id }: { tenantId: string; id: string }): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('apiKeys')
    .where('tenantId', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}
