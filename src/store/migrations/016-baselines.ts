/** What models are held against, as it was measured on the splits of their jobs. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table model_baselines (
      model_id text primary key references models (id) on delete cascade,
      body jsonb not null
    );
  `.execute(db);
}
