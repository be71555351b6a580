/** Deliveries of webhooks: what is to be sent, by whom it is being tried, and how each try went. */
import { type Selectable, sql } from 'kysely';
import type { DeliveryTry } from '../schemas/webhook.js';
import type { Db } from './database.js';
import { json } from './json.js';
import { decodeCursor, type PageOf, type PageRequest, toPage } from './page.js';
import type { WebhookDeliveriesTable } from './tables.js';

export type DeliveryRow = Selectable<WebhookDeliveriesTable>;
export type NewDelivery = Pick<DeliveryRow, 'id' | 'tenantId' | 'webhookId' | 'type' | 'payload'>;

/** Longer than a try may take: who has claimed one and not said how it went has died. */
const claimSeconds = 60;
const keptTries = 10;
const keptDays = 30;

/** Due at once. */
export async function insertDeliveries(db: Db, deliveries: readonly NewDelivery[]): Promise<DeliveryRow[]> {
  if (deliveries.length === 0) return [];
  return db.insertInto('webhookDeliveries').values(deliveries).returningAll().execute();
}

/** Newest first. */
export async function listDeliveries(
  db: Db,
  { tenantId, webhookId, cursor, limit }: PageRequest & { tenantId: string; webhookId: string },
): Promise<PageOf<DeliveryRow>> {
  let query = db
    .selectFrom('webhookDeliveries')
    .selectAll()
    .where('tenantId', '=', tenantId)
    .where('webhookId', '=', webhookId)
    .orderBy('id', 'desc')
    .limit(limit + 1);
  if (cursor !== undefined) query = query.where('id', '<', decodeCursor(cursor, 'delivery'));
  return toPage(await query.execute(), limit);
}

/** Due at once, with as many tries as a new one has. */
export function redeliver(
  db: Db,
  { tenantId, id }: { tenantId: string; id: string },
): Promise<DeliveryRow | undefined> {
  return db
    .updateTable('webhookDeliveries')
    .set({ state: 'pending', tries: 0, nextTryAt: sql<Date>`now()`, finishedAt: null })
    .where('tenantId', '=', tenantId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
}

/** A delivery to try, and where to. `tries` counts this one. */
export interface DueDelivery extends Pick<DeliveryRow, 'id' | 'webhookId' | 'payload' | 'tries' | 'log'> {
  url: string;
  secrets: string[];
}

/** Takes up to `most` that are due; nobody else is given them, unless nothing is heard of them for a minute. */
export async function claimDue(db: Db, most: number): Promise<DueDelivery[]> {
  return db.transaction().execute(async (trx) => {
    const due = await trx
      .selectFrom('webhookDeliveries as delivery')
      .innerJoin('webhooks as webhook', 'webhook.id', 'delivery.webhookId')
      .select(['delivery.id', 'webhookId', 'payload', 'tries', 'log', 'url', 'secret', 'formerSecret'])
      .select(sql<boolean>`coalesce(former_secret_until > now(), false)`.as('overlaps'))
      .where('state', '=', 'pending')
      .where('nextTryAt', '<=', sql<Date>`now()`)
      .where('enabled', '=', true)
      .orderBy('nextTryAt')
      .limit(most)
      .forUpdate('delivery')
      .skipLocked()
      .execute();
    if (due.length === 0) return [];
    await trx
      .updateTable('webhookDeliveries')
      .set((eb) => ({ tries: eb('tries', '+', 1), nextTryAt: inSeconds(claimSeconds) }))
      .where(
        'id',
        'in',
        due.map(({ id }) => id),
      )
      .execute();
    return due.map(({ secret, formerSecret, overlaps, tries, ...delivery }) => {
      const secrets = overlaps ? [secret, formerSecret!] : [secret];
      return { ...delivery, tries: tries + 1, secrets };
    });
  });
}

export type Outcome = { state: 'delivered' | 'failed' } | { state: 'pending'; inSeconds: number };

/** Notes how the claimed try went. Without effect where the delivery has been claimed again since. */
export async function noteTry(
  db: Db,
  { id, tries, log }: DueDelivery,
  { last, outcome }: { last: DeliveryTry; outcome: Outcome },
): Promise<void> {
  await db
    .updateTable('webhookDeliveries')
    .set({
      state: outcome.state,
      log: json([...log, last].slice(-keptTries)),
      nextTryAt: outcome.state === 'pending' ? inSeconds(outcome.inSeconds) : null,
      finishedAt: outcome.state === 'pending' ? null : sql<Date>`now()`,
    })
    .where('id', '=', id)
    .where('tries', '=', tries)
    .where('state', '=', 'pending')
    .execute();
}

/** Those that waited for a disabled webhook, too. */
export async function dropOldDeliveries(db: Db): Promise<void> {
  await db
    .deleteFrom('webhookDeliveries')
    .where(sql<Date>`coalesce(finished_at, created_at)`, '<', sql<Date>`now() - ${keptDays} * interval '1 day'`)
    .execute();
}

const inSeconds = (seconds: number) => sql<Date>`now() + ${seconds} * interval '1 second'`;
