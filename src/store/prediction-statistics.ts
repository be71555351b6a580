/** What was counted of predicted rows: the latest whole, of what was before ever less. */
import { sql } from 'kysely';
import type { Statistics } from '../run/drift/statistics.js';
import type { Db } from './database.js';
import { json } from './json.js';
import { isForeignKeyViolation } from './sql-state.js';

/** Rows kept of a model, and the latest of them, which are never dropped for others. */
const [mostKept, latestKept] = [500, 250];

/** Of a model that is gone nothing is kept. */
export async function addStatistics(
  db: Db,
  { modelId, predicted, statistics }: { modelId: string; predicted: number; statistics: Statistics },
): Promise<void> {
  try {
    await db
      .insertInto('predictionStatistics')
      .values({ modelId, predicted, body: json(statistics) })
      .execute();
  } catch (error) {
    if (isForeignKeyViolation(error)) return;
    throw error;
  }
  // Dropped by chance, the older ones become rarer the older they are.
  await sql`
    delete from prediction_statistics where id in (
      select id from (select id from prediction_statistics where model_id = ${modelId} order by id desc offset ${latestKept}) older
      order by random()
      limit greatest(0, (select count(*) from prediction_statistics where model_id = ${modelId}) - ${mostKept}))`.execute(
    db,
  );
}

/** As JSON texts, for a process that reads them; oldest first. */
export async function statisticsSince(
  db: Db,
  { modelId, since }: { modelId: string; since: Date },
): Promise<{ predicted: number; bodies: string[] }> {
  const rows = await db
    .selectFrom('predictionStatistics')
    .select(['predicted', sql<string>`body::text`.as('text')])
    .where('modelId', '=', modelId)
    .where('at', '>=', since)
    .orderBy('id')
    .execute();
  const predicted = rows.reduce((sum, row) => sum + row.predicted, 0);
  return { predicted, bodies: rows.map(({ text }) => text) };
}
