/** What clients may ask of a job that exists. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- how a job that is to be cancelled stops; null for any other
    alter table jobs add column cancel_mode text check (cancel_mode in ('checkpoint', 'immediate'));
  `.execute(db);
}
