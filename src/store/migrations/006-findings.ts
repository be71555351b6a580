/** What was found to be wrong with a run: once a code, as it was first seen. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table findings (
      tenant_id text not null,
      job_id text not null references jobs (id) on delete cascade,
      code text not null,
      step bigint not null,
      body json not null, -- not jsonb: its patch keeps the order of its keys
      epoch int not null,
      at timestamptz not null default now(),
      primary key (job_id, code)
    );
  `.execute(db);
}
