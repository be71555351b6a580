/** Sweeps: what is tried, which job tries it, and how each came out at each rung. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table sweeps (
      id text primary key,
      tenant_id text not null,
      name text not null,
      state text not null check (state in ('running', 'paused', 'cancelling', 'succeeded', 'failed', 'cancelled')),
      job json not null, -- the spec that all trials share; json, as that of jobs
      settings json not null, -- the order of the parameters is that of the draws
      rungs jsonb not null, -- steps at which trials stop
      idempotency_key text,
      body_sha256 text not null,
      created_at timestamptz not null default now(),
      finished_at timestamptz,
      unique (tenant_id, idempotency_key)
    );
    create index sweeps_page on sweeps (tenant_id, id desc);
    create index sweeps_open on sweeps (id) where finished_at is null;

    create table sweep_trials (
      tenant_id text not null,
      sweep_id text not null references sweeps (id) on delete cascade,
      trial int not null,
      job_id text references jobs (id) on delete set null, -- null: deleted since, or no job can be of its spec
      parameters json not null,
      total_steps bigint not null,
      error jsonb,
      primary key (sweep_id, trial)
    );
    create index sweep_trials_job on sweep_trials (job_id);

    -- what was known of a trial when it came to a rung, and whether it went on; written once
    create table sweep_reports (
      tenant_id text not null,
      sweep_id text not null references sweeps (id) on delete cascade,
      trial int not null,
      rung int not null,
      step bigint not null,
      value float8,
      reported_at timestamptz not null default clock_timestamp(),
      promoted_at timestamptz,
      reason text,
      primary key (sweep_id, trial, rung)
    );

    alter table jobs add sweep_id text references sweeps (id) on delete set null;
    alter table jobs add trial int;
    alter table jobs add stop_at bigint; -- step at which its run pauses; null: it goes on to its end
    create index jobs_sweep on jobs (sweep_id, id desc) where sweep_id is not null;
  `.execute(db);
}
