/** Findings of a job: one row a code, as it was first seen. Whoever finds it again, after a resume, changes nothing. */
import type { Selectable } from 'kysely';
import type { Finding } from '../schemas/finding.js';
import { type Db, inTransaction } from './database.js';
import { addEvent } from './events.js';
import { lockRun, type RunKey } from './fence.js';
import { json } from './json.js';
import type { FindingsTable } from './tables.js';

export type FindingRow = Selectable<FindingsTable>;

/** Stores those of a new code, each with its event. Throws StaleEpochError. */
export async function addFindings(
  db: Db,
  { findings, ...run }: RunKey & { findings: readonly Finding[] },
): Promise<void> {
  if (findings.length === 0) return;
  const { jobId, epoch } = run;
  await inTransaction(db, async (trx) => {
    const { tenantId } = await lockRun(trx, run);
    for (const finding of findings) {
      const { code, step, ...body } = finding;
      const added = await trx
        .insertInto('findings')
        .values({ tenantId, jobId, code, step, body: json(body), epoch })
        .onConflict((conflict) => conflict.columns(['jobId', 'code']).doNothing())
        .returning('code')
        .executeTakeFirst();
      if (added) await addEvent(trx, jobId, { type: 'finding', data: { ...finding } });
    }
  });
}

/** In the order in which they were found. */
export const findingsOfJob = (
  db: Db,
  { tenantId, jobId }: { tenantId: string; jobId: string },
): Promise<FindingRow[]> =>
  db
    .selectFrom('findings')
    .selectAll()
    .where('tenantId', '=', tenantId)
    .where('jobId', '=', jobId)
    .orderBy('step')
    .orderBy('code')
    .execute();
