/** Facts about the whole installation, set once by whoever comes first. */
import type { Db } from './database.js';

/** Records `value` unless the key has one; returns what is recorded. */
export async function recordOnce(db: Db, key: string, value: string): Promise<string> {
  await db
    .insertInto('settings')
    .values({ key, value })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute();
  const row = await db.selectFrom('settings').select('value').where('key', '=', key).executeTakeFirstOrThrow();
  return row.value;
}
