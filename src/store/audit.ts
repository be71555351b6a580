/** What keys were used for, but for reading: an append-only list of each tenant. */
import type { Selectable } from 'kysely';
import type { Db } from './database.js';
import { decodeNumber, type PageOf, type PageRequest } from './page.js';
import type { AuditTable } from './tables.js';

export type AuditRow = Selectable<AuditTable>;

export async function addAudit(db: Db, entry: Omit<AuditRow, 'id' | 'at'>): Promise<void> {
  await db.insertInto('audit').values(entry).execute();
}

/** Newest first. */
export async function listAudit(
  db: Db,
  { tenantId, cursor, limit }: PageRequest & { tenantId: string },
): Promise<PageOf<AuditRow>> {
  const rows = await db
    .selectFrom('audit')
    .selectAll()
    .where('tenantId', '=', tenantId)
    .$if(cursor !== undefined, (query) => query.where('id', '<', decodeNumber(cursor!)))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  const items = rows.slice(0, limit);
  return { items, nextCursor: rows.length > limit ? String(items.at(-1)!.id) : null };
}
