/**
 * The first schema. Every table has `tenant_id`. Columns are snake_case; kysely's CamelCasePlugin maps them.
 *
 * A job row is the truth about a job: `generation` names its current queue hint and rises on each entry into `queued`;
 * `epoch` is the fencing token, raised when a consumer takes the job, and every write of a run carries it; `heartbeat_at`
 * (database time) says whether the consumer that holds it lives.
 */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table datasets (
      id text primary key,
      tenant_id text not null,
      name text not null,
      format text not null,
      bytes bigint not null,
      sha256 text not null,
      row_count bigint not null,
      columns jsonb not null,
      artifact_key text not null,
      artifact_bytes bigint not null,
      artifact_sha256 text not null,
      created_at timestamptz not null default now()
    );
    create unique index datasets_content on datasets (tenant_id, sha256, format);
    create index datasets_page on datasets (tenant_id, id desc);

    create table jobs (
      id text primary key,
      tenant_id text not null,
      name text not null,
      state text not null check (state in
        ('queued', 'running', 'pausing', 'paused', 'cancelling', 'succeeded', 'failed', 'cancelled')),
      reason text,
      spec json not null, -- not jsonb: it keeps the order of the keys, so that type stays first
      dataset_id text not null references datasets (id),
      peak_bytes bigint not null,
      priority int not null default 0,
      generation int not null default 1,
      epoch int not null default 0,
      attempt int not null default 0,
      attempts_without_progress int not null default 0,
      suspect boolean not null default false,
      consumer_id text,
      heartbeat_at timestamptz,
      fingerprint text,
      progress jsonb,
      error jsonb,
      result jsonb,
      transitions jsonb not null default '[]',
      metadata jsonb not null default '{}',
      fork_of text references jobs (id) on delete set null,
      event_seq bigint not null default 0,
      created_at timestamptz not null default now(),
      started_at timestamptz,
      finished_at timestamptz
    );
    create index jobs_page on jobs (tenant_id, id desc);
    create index jobs_page_state on jobs (tenant_id, state, id desc);
    create index jobs_page_name on jobs (tenant_id, name, id desc);
    create index jobs_dataset on jobs (dataset_id);
    create index jobs_fork_of on jobs (fork_of) where fork_of is not null;
    create index jobs_queued on jobs (priority desc, id) where state = 'queued';
    create index jobs_open on jobs (state, heartbeat_at) where state in ('queued', 'running', 'pausing', 'cancelling');

    create table idempotency_keys (
      tenant_id text not null,
      key text not null,
      body_sha256 text not null,
      job_id text not null references jobs (id) on delete cascade deferrable initially deferred, -- the key comes first
      created_at timestamptz not null default now(),
      primary key (tenant_id, key)
    );
    create index idempotency_keys_job on idempotency_keys (job_id);

    create table metric_chunks (
      tenant_id text not null,
      job_id text not null references jobs (id) on delete cascade,
      segment int not null default 0,
      name text not null,
      chunk int not null,
      steps float8[] not null,
      "values" float8[] not null,
      first_step float8 not null,
      last_step float8 not null,
      epoch int not null,
      primary key (job_id, segment, name, chunk)
    );

    create table events (
      id bigint generated always as identity primary key,
      tenant_id text not null,
      job_id text not null references jobs (id) on delete cascade,
      seq bigint not null,
      type text not null,
      data jsonb not null,
      xid xid8 not null default pg_current_xact_id(),
      at timestamptz not null default now(),
      unique (job_id, seq)
    );
    create index events_tenant on events (tenant_id, xid, id);

    create table checkpoints (
      id text primary key,
      tenant_id text not null,
      job_id text not null references jobs (id) on delete cascade,
      epoch int not null,
      step bigint not null,
      training_epoch int not null,
      kind text not null,
      best boolean not null default false,
      artifact_key text not null unique,
      bytes bigint not null,
      sha256 text not null,
      metrics jsonb not null default '{}',
      created_at timestamptz not null default now()
    );
    create index checkpoints_job on checkpoints (job_id, id desc);

    create table models (
      id text primary key,
      tenant_id text not null,
      name text not null,
      job_id text not null references jobs (id),
      checkpoint_id text not null references checkpoints (id),
      card jsonb not null,
      created_at timestamptz not null default now()
    );
    create unique index models_job on models (job_id);
    create index models_checkpoint on models (checkpoint_id);
    create index models_page on models (tenant_id, id desc);

    create table consumers (
      id text primary key,
      host text not null,
      pid int not null,
      cores int not null,
      free_bytes bigint not null,
      gflops float8,
      fingerprint text not null,
      started_at timestamptz not null default now(),
      heartbeat_at timestamptz not null default now()
    );

    -- Facts about the whole installation; the one table without a tenant beside consumers.
    create table settings (
      key text primary key,
      value text not null
    );
  `.execute(db);
}
