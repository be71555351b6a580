/** Webhooks: rows of a tenant's, each with the place in the list of all events up to which it has been told. */
import { type Selectable, sql } from 'kysely';
import type { WebhookPatch } from '../schemas/webhook.js';
import type { Db, Trx } from './database.js';
import { type Place, presentPlace } from './events.js';
import { json } from './json.js';
import { decodeCursor, type PageOf, type PageRequest, toPage } from './page.js';
import type { WebhooksTable } from './tables.js';

export type WebhookRow = Selectable<WebhooksTable>;
export interface WebhookKey {
  tenantId: string;
  id: string;
}

export interface NewWebhookRow extends WebhookKey {
  url: string;
  events: WebhookRow['events'];
  secret: string;
}

/** It is told of what happens from now on. Undefined where the tenant has `most` already. */
export async function insertWebhook(db: Db, webhook: NewWebhookRow, most: number): Promise<WebhookRow | undefined> {
  return db.transaction().execute(async (trx) => {
    // Else two requests at once would both find room.
    await sql`select pg_advisory_xact_lock(hashtext(${webhook.tenantId}))`.execute(trx);
    const { count } = await trx
      .selectFrom('webhooks')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('tenantId', '=', webhook.tenantId)
      .executeTakeFirstOrThrow();
    if (count >= most) return undefined;
    return trx
      .insertInto('webhooks')
      .values({ ...webhook, events: json(webhook.events), ...columnsOf(await presentPlace(trx)) })
      .returningAll()
      .executeTakeFirstOrThrow();
  });
}

export function getWebhook(db: Db, { tenantId, id }: WebhookKey): Promise<WebhookRow | undefined> {
  return db.selectFrom('webhooks').selectAll().where('tenantId', '=', tenantId).where('id', '=', id).executeTakeFirst();
}

/** Newest first. */
export async function listWebhooks(
  db: Db,
  { tenantId, cursor, limit }: PageRequest & { tenantId: string },
): Promise<PageOf<WebhookRow>> {
  let query = db
    .selectFrom('webhooks')
    .selectAll()
    .where('tenantId', '=', tenantId)
    .orderBy('id', 'desc')
    .limit(limit + 1);
  if (cursor !== undefined) query = query.where('id', '<', decodeCursor(cursor, 'webhook'));
  return toPage(await query.execute(), limit);
}

/** One that is enabled again is told of what happens from now on. */
export async function changeWebhook(db: Db, key: WebhookKey, patch: WebhookPatch): Promise<WebhookRow | undefined> {
  const { url, events, enabled } = patch;
  const before = await getWebhook(db, key);
  const resumed = enabled === true && before?.enabled === false;
  return db
    .updateTable('webhooks')
    .set({
      ...(url !== undefined && { url }),
      ...(events !== undefined && { events: json(events) }),
      ...(enabled !== undefined && { enabled, disabledBecause: null }),
      ...(resumed && columnsOf(await presentPlace(db))),
    })
    .where('tenantId', '=', key.tenantId)
    .where('id', '=', key.id)
    .returningAll()
    .executeTakeFirst();
}

/** The secret so far signs too, for so long. */
export async function rotateSecret(
  db: Db,
  { tenantId, id, secret, overlapSeconds }: WebhookKey & { secret: string; overlapSeconds: number },
): Promise<WebhookRow | undefined> {
  return db
    .updateTable('webhooks')
    .set({
      secret,
      formerSecret: sql<string>`secret`,
      formerSecretUntil: sql<Date>`now() + ${overlapSeconds} * interval '1 second'`,
    })
    .where('tenantId', '=', tenantId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
}

/** Whether there was one. Its deliveries go with it. */
export async function deleteWebhook(db: Db, { tenantId, id }: WebhookKey): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('webhooks')
    .where('tenantId', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

export async function enabledWebhooks(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('webhooks').select('id').where('enabled', '=', true).execute();
  return rows.map(({ id }) => id);
}

/** Undefined where another process is at it, and where it was disabled meanwhile. */
export function lockWebhook(trx: Trx, id: string): Promise<WebhookRow | undefined> {
  return trx
    .selectFrom('webhooks')
    .selectAll()
    .where('id', '=', id)
    .where('enabled', '=', true)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
}

export async function moveWebhook(trx: Trx, id: string, place: Place): Promise<void> {
  await trx.updateTable('webhooks').set(columnsOf(place)).where('id', '=', id).execute();
}

export async function disableWebhook(
  db: Db,
  { id, url, because }: { id: string; url: string; because: string },
): Promise<void> {
  await db
    .updateTable('webhooks')
    .set({ enabled: false, disabledBecause: because })
    .where('id', '=', id)
    .where('url', '=', url)
    .execute();
}

const columnsOf = ({ transaction, id }: Place) => ({ transaction, eventId: id });
