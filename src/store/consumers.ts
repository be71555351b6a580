/** Consumers: which are alive, and what they have to offer. Planning and admission read it; runs do not depend on it. */
import { type Insertable, type Selectable, sql } from 'kysely';
import type { Db } from './database.js';
import type { ConsumersTable } from './tables.js';

export type ConsumerRow = Selectable<ConsumersTable>;
export type NewConsumer = Omit<Insertable<ConsumersTable>, 'startedAt' | 'heartbeatAt'>;

/** Announces a consumer, or that one of this id has started again. */
export async function registerConsumer(db: Db, consumer: NewConsumer): Promise<void> {
  const now = sql<Date>`clock_timestamp()`;
  await db
    .insertInto('consumers')
    .values(consumer)
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ ...consumer, startedAt: now, heartbeatAt: now }))
    .execute();
}

export async function heartbeatConsumer(db: Db, { id, freeBytes }: { id: string; freeBytes: number }): Promise<void> {
  await db
    .updateTable('consumers')
    .set({ freeBytes, heartbeatAt: sql<Date>`clock_timestamp()` })
    .where('id', '=', id)
    .execute();
}

/** Those heard of within the lease, the largest first. */
export async function liveConsumers(db: Db, leaseSeconds: number): Promise<ConsumerRow[]> {
  return db
    .selectFrom('consumers')
    .selectAll()
    .where(sql<boolean>`heartbeat_at > clock_timestamp() - make_interval(secs => ${leaseSeconds})`)
    .orderBy('freeBytes', 'desc')
    .execute();
}

export async function removeConsumer(db: Db, id: string): Promise<void> {
  await db.deleteFrom('consumers').where('id', '=', id).execute();
}
