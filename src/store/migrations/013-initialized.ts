/** Jobs that begin with weights that have learnt before: what they took over. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table jobs add column initialized json`.execute(db);
}
