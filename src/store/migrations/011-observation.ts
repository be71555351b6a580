/** How long a checkpoint took to be stored, and when, for whoever observes the service. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table checkpoints add stored_seconds double precision;
    create index checkpoints_created on checkpoints (created_at);
  `.execute(db);
}
