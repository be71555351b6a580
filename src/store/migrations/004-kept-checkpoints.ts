/**
 * What keeps a checkpoint: a pin, the last reading that found it sound, and whoever downloads it. A download is a row
 * until a time, which its process moves on; one that has passed is of a process that died.
 */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table checkpoints
      add pinned boolean not null default false,
      add verified_at timestamptz not null default now(), -- it is written hashed
      add verified_ok boolean not null default true;

    create table checkpoint_readers (
      id bigint generated always as identity primary key,
      tenant_id text not null,
      checkpoint_id text not null references checkpoints (id) on delete cascade,
      until timestamptz not null
    );
    create index checkpoint_readers_checkpoint on checkpoint_readers (checkpoint_id);
  `.execute(db);
}
