/** What tenants may take, and what of what they took is not to be seen in other rows any more. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table quotas (
      tenant_id text primary key,
      active_jobs bigint,
      bytes bigint,
      steps bigint
    );
    create table tenant_usage (
      tenant_id text primary key,
      deleted_steps bigint not null default 0,
      predictions bigint not null default 0
    );
    alter table jobs
      add steps_before bigint not null default 0,
      add promised_steps bigint not null default 0;
    create index checkpoints_tenant on checkpoints (tenant_id) include (bytes);
  `.execute(db);
}
