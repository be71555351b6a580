/** Sweeps and what they know of their trials. What a trial's job is doing is in the job's row alone. */
import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import { Problem } from '../errors.js';
import type { ResolvedJobSpec } from '../schemas/job-spec.js';
import type { ResolvedSweep } from '../schemas/sweep.js';
import type { SweepState } from '../schemas/sweep-results.js';
import type { Db, Trx } from './database.js';
import type { JobRow } from './fence.js';
import { json, storableText } from './json.js';
import { decodeCursor, type PageOf, type PageRequest, toPage } from './page.js';
import type { SweepReportsTable, SweepsTable, SweepTrialsTable } from './tables.js';

export type SweepRow = Selectable<SweepsTable>;
export type TrialRow = Selectable<SweepTrialsTable>;
export type ReportRow = Selectable<SweepReportsTable>;

export interface NewSweep {
  tenantId: string;
  id: string;
  job: ResolvedJobSpec;
  settings: ResolvedSweep;
  rungs: number[];
  key: string | undefined;
  bodySha256: string;
}

/**
 * Stores a sweep that begins, unless its key has done so before; returns the id of the one that the key made.
 * Throws Problem `idempotency_mismatch` where that was from another body.
 */
export async function insertSweep(
  db: Db,
  { tenantId, id, settings, key, bodySha256, ...sweep }: NewSweep,
): Promise<string> {
  const inserted = await db
    .insertInto('sweeps')
    .values({
      ...{ tenantId, id, bodySha256, name: storableText(settings.name), state: 'running' },
      ...{ job: json(sweep.job), settings: json(settings), rungs: json(sweep.rungs) },
      idempotencyKey: key ?? null,
    })
    .onConflict((conflict) => conflict.columns(['tenantId', 'idempotencyKey']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted?.id ?? (await sweepOfKey(db, { tenantId, key: key!, bodySha256 })) ?? id;
}

/** Id of the sweep that `key` made. Throws Problem `idempotency_mismatch` where that was from another body. */
export async function sweepOfKey(
  db: Db,
  { tenantId, key, bodySha256 }: { tenantId: string; key: string; bodySha256: string },
): Promise<string | undefined> {
  const row = await db
    .selectFrom('sweeps')
    .select(['id', 'bodySha256'])
    .where('tenantId', '=', tenantId)
    .where('idempotencyKey', '=', key)
    .executeTakeFirst();
  if (row && row.bodySha256 !== bodySha256) {
    throw new Problem('idempotency_mismatch', `This key made ${row.id} from another body`);
  }
  return row?.id;
}

export async function getSweep(
  db: Db,
  { tenantId, id }: { tenantId: string; id: string },
): Promise<SweepRow | undefined> {
  return db.selectFrom('sweeps').selectAll().where('tenantId', '=', tenantId).where('id', '=', id).executeTakeFirst();
}

/** Newest first. */
export async function listSweeps(
  db: Db,
  { tenantId, state, cursor, limit }: PageRequest & { tenantId: string; state?: SweepState | undefined },
): Promise<PageOf<SweepRow>> {
  let query = db
    .selectFrom('sweeps')
    .selectAll()
    .where('tenantId', '=', tenantId)
    .orderBy('id', 'desc')
    .limit(limit + 1);
  if (state !== undefined) query = query.where('state', '=', state);
  if (cursor !== undefined) query = query.where('id', '<', decodeCursor(cursor, 'sweep'));
  return toPage(await query.execute(), limit);
}

/** Those that have not ended, in any order: whoever has not the time for all comes to each. */
export async function openSweeps(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('sweeps')
    .select('id')
    .where('finishedAt', 'is', null)
    .orderBy(sql`random()`)
    .execute();
  return rows.map(({ id }) => id);
}

/** The sweep, locked until the transaction ends; undefined where it has gone, or is being advanced by another. */
export async function lockSweep(trx: Trx, id: string, wait: 'wait' | 'skip'): Promise<SweepRow | undefined> {
  return trx
    .selectFrom('sweeps')
    .selectAll()
    .where('id', '=', id)
    .forNoKeyUpdate()
    .$if(wait === 'skip', (query) => query.skipLocked())
    .executeTakeFirst();
}

export async function setSweepState(trx: Trx, id: string, state: SweepState, ended: boolean): Promise<void> {
  const finishedAt = ended ? sql<Date>`clock_timestamp()` : null;
  await trx.updateTable('sweeps').set({ state, finishedAt }).where('id', '=', id).execute();
}

export type TrialJob = Pick<
  JobRow,
  'id' | 'tenantId' | 'trial' | 'state' | 'reason' | 'stopAt' | 'progress' | 'transitions'
>;
const jobFields = ['id', 'tenantId', 'trial', 'state', 'reason', 'stopAt', 'progress', 'transitions'] as const;

export interface SweepRows {
  trials: TrialRow[];
  jobs: TrialJob[];
  reports: ReportRow[];
}

/** All that there is of a sweep's trials, in their order; `lock`: those of their jobs that may change are held until the transaction ends. */
export async function rowsOfSweep(db: Db, sweepId: string, options: { lock: boolean }): Promise<SweepRows> {
  if (options.lock) {
    await db
      .selectFrom('jobs')
      .select('id')
      .where('sweepId', '=', sweepId)
      .where('finishedAt', 'is', null)
      .orderBy('id')
      .forNoKeyUpdate()
      .execute();
  }
  const jobs = await db.selectFrom('jobs').select(jobFields).where('sweepId', '=', sweepId).orderBy('id').execute();
  const trials = await db
    .selectFrom('sweepTrials')
    .selectAll()
    .where('sweepId', '=', sweepId)
    .orderBy('trial')
    .execute();
  const reports = await db
    .selectFrom('sweepReports')
    .selectAll()
    .where('sweepId', '=', sweepId)
    .orderBy('reportedAt')
    .orderBy('trial')
    .orderBy('rung')
    .execute();
  return { trials, jobs, reports };
}

export async function insertTrial(trx: Trx, { parameters, error, ...trial }: TrialRow): Promise<void> {
  await trx
    .insertInto('sweepTrials')
    .values({ ...trial, parameters: json(parameters), error: error && json(error) })
    .execute();
}

export async function insertReport(trx: Trx, report: Omit<ReportRow, 'reportedAt'>): Promise<ReportRow> {
  return trx.insertInto('sweepReports').values(report).returningAll().executeTakeFirstOrThrow();
}

/** Notes that a trial goes on from a rung, and why. */
export async function markPromoted(
  trx: Trx,
  { sweepId, trial, rung, reason }: { sweepId: string; trial: number; rung: number; reason: string },
): Promise<void> {
  await trx
    .updateTable('sweepReports')
    .set({ promotedAt: sql<Date>`clock_timestamp()`, reason })
    .where('sweepId', '=', sweepId)
    .where('trial', '=', trial)
    .where('rung', '=', rung)
    .execute();
}

/** Deletes a sweep; its trials' jobs stay, as jobs of no sweep. Whoever deletes one of those has its job before its trial. */
export async function deleteSweep(trx: Trx, id: string): Promise<void> {
  await trx.selectFrom('jobs').select('id').where('sweepId', '=', id).orderBy('id').forNoKeyUpdate().execute();
  await trx.deleteFrom('sweeps').where('id', '=', id).execute();
}
