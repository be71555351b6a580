/** Races between remedies: which forks were begun side by side, and what was refused. How each came out is in its job's rows. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table races (
      id text primary key,
      tenant_id text not null,
      job_id text not null references jobs (id) on delete cascade,
      "from" text not null,
      steps bigint not null,
      entrants json not null,
      idempotency_key text,
      body_sha256 text not null,
      created_at timestamptz not null default now(),
      unique (tenant_id, idempotency_key)
    );
    create index races_job on races (job_id, id desc);
  `.execute(db);
}
