/** What clients may ask of a job that exists: to stop in one of two ways, and to begin again as another. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- how a job that is to be cancelled stops; null for any other
    alter table jobs add column cancel_mode text check (cancel_mode in ('checkpoint', 'immediate'));
    -- the checkpoint that a fork starts from, a copy of its own; null: from the beginning
    alter table jobs add column origin jsonb;
    -- SHA-256 over the chain of the checkpoint before, in hexadecimal, and the checkpoint's own SHA-256
    alter table checkpoints add column chain_sha256 text not null default '';
    -- whether its checkpoints may be resumed under another fingerprint than they were written under
    alter table jobs add column allow_kernel_change boolean not null default false;
  `.execute(db);
}
