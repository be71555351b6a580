/** Events of a job: an append-only list whose `seq` rises by one, without gaps. */
import { type Selectable, sql } from 'kysely';
import type { Event } from '../schemas/run.js';
import { type Db, inTransaction, type Trx } from './database.js';
import { lockRun, type RunKey } from './fence.js';
import { json } from './json.js';
import { decodeNumber, type PageOf, type PageRequest } from './page.js';
import type { EventsTable } from './tables.js';

export type EventRow = Selectable<EventsTable>;
export type NewEvent = Pick<Event, 'type' | 'data'>;

/** Readers LISTEN here; the payload is the id of a job that has new events. */
export const eventsChannel = 'trainyard_events';

/**
 * Appends one event. The next `seq` is taken under the job row's lock, so events commit in the order of `seq` and a
 * reader who has seen n never meets a smaller one later.
 */
export async function addEvent(trx: Trx, jobId: string, event: NewEvent): Promise<number> {
  const row = await trx
    .with('job', (qb) =>
      qb
        .updateTable('jobs')
        .set((eb) => ({ eventSeq: eb('eventSeq', '+', 1) }))
        .where('id', '=', jobId)
        .returning(['id', 'tenantId', 'eventSeq']),
    )
    .insertInto('events')
    .columns(['tenantId', 'jobId', 'seq', 'type', 'data'])
    .expression((eb) =>
      eb
        .selectFrom('job')
        .select(['job.tenantId', 'job.id', 'job.eventSeq'])
        .select([
          sql<Event['type']>`${event.type}`.as('type'),
          sql<Event['data']>`${json(event.data)}::jsonb`.as('data'),
        ]),
    )
    .returning(['seq', sql`pg_notify(${eventsChannel}, ${jobId})`.as('notified')])
    .executeTakeFirstOrThrow();
  return row.seq;
}

/** Appends what a run has to say, in order. Throws StaleEpochError. */
export function addRunEvents(db: Db, run: RunKey & { events: NewEvent[] }): Promise<void> {
  return inTransaction(db, async (trx) => {
    await lockRun(trx, run);
    for (const event of run.events) await addEvent(trx, run.jobId, event);
  });
}

/** Step of the last of a job's events of a type that has steps; −1 before the first. */
export async function lastStepOf(db: Db, jobId: string, type: 'epoch' | 'rollback'): Promise<number> {
  const row = await db
    .selectFrom('events')
    .select(sql<number>`(data->>'step')::float8`.as('step'))
    .where('jobId', '=', jobId)
    .where('type', '=', type)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.step ?? -1;
}

/** Events with a `seq` above `cursor` (default 0: from the first), oldest first. */
export async function listEvents(
  db: Db,
  { tenantId, jobId, cursor, limit }: PageRequest & { tenantId: string; jobId: string },
): Promise<PageOf<EventRow>> {
  const afterSeq = cursor === undefined ? 0 : decodeNumber(cursor);
  const rows = await db
    .selectFrom('events')
    .selectAll()
    .where('tenantId', '=', tenantId)
    .where('jobId', '=', jobId)
    .where('seq', '>', afterSeq)
    .orderBy('seq')
    .limit(limit + 1)
    .execute();
  const items = rows.slice(0, limit);
  return { items, nextCursor: rows.length > limit ? String(items.at(-1)!.seq) : null };
}

/** How far a reader of all events is: events of one transaction share its number, and follow by their id. */
export interface Place {
  transaction: string;
  id: number;
}

/** From here on: every event that is committed later stands behind it. */
export async function presentPlace(db: Db): Promise<Place> {
  const { rows } = await sql<{ transaction: string }>`
    select pg_snapshot_xmin(pg_current_snapshot())::text as transaction`.execute(db);
  return { transaction: rows[0]!.transaction, id: 0 };
}

/**
 * Events of all jobs behind `place`, in the order of their transactions. Those of transactions that an open one precedes wait
 * for it: so nothing comes up later before a place that a reader has passed. Transactions are numbered before they wait for a
 * job's lock, so where two race for one job, `seq` says which came first.
 */
export function listAllEvents(
  db: Db,
  { tenantId, place, limit }: { tenantId: string; place: Place; limit: number },
): Promise<(EventRow & { transaction: string })[]> {
  return db
    .selectFrom('events')
    .selectAll()
    .select(sql<string>`xid::text`.as('transaction'))
    .where('tenantId', '=', tenantId)
    .where(sql<boolean>`(xid, id) > (${place.transaction}::xid8, ${place.id}::bigint)`)
    .where(sql<boolean>`xid < pg_snapshot_xmin(pg_current_snapshot())`)
    .orderBy(sql`xid`)
    .orderBy('id')
    .limit(limit)
    .execute();
}
