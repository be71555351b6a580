/** Baselines of models: measured once, whoever was the first. */
import type { Baseline } from '../run/baseline/baseline.js';
import type { Db } from './database.js';
import { json } from './json.js';
import { isForeignKeyViolation } from './sql-state.js';

export async function getBaseline(db: Db, modelId: string): Promise<Baseline | undefined> {
  const row = await db.selectFrom('modelBaselines').select('body').where('modelId', '=', modelId).executeTakeFirst();
  return row?.body;
}

/** Kept for as long as the model is; of one that is gone already, it is not. */
export async function keepBaseline(db: Db, modelId: string, baseline: Baseline): Promise<void> {
  await db
    .insertInto('modelBaselines')
    .values({ modelId, body: json(baseline) })
    .onConflict((conflict) => conflict.column('modelId').doNothing())
    .execute()
    .catch((error: unknown) => {
      if (!isForeignKeyViolation(error)) throw error;
    });
}
