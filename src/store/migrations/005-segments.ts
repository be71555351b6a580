/** Where a run was rolled back: in the row, since what its metrics say of the steps between no longer holds. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table jobs add rollbacks jsonb not null default '[]'`.execute(db);
}
