/** What was changed of a run while it ran: in the row, since whoever runs the job must know all of it. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table jobs add edits jsonb not null default '[]'`.execute(db);
}
