/** Webhooks: where a tenant's events are sent, and each sending with how it went. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table webhooks (
      id text primary key,
      tenant_id text not null,
      url text not null,
      events json not null,
      enabled boolean not null default true,
      disabled_because text,
      secret text not null,
      former_secret text,
      former_secret_until timestamptz,
      transaction text not null,
      event_id bigint not null,
      created_at timestamptz not null default now()
    );
    create index webhooks_tenant on webhooks (tenant_id, id);

    create table webhook_deliveries (
      id text primary key,
      tenant_id text not null,
      webhook_id text not null references webhooks (id) on delete cascade,
      type text not null,
      payload text not null,
      state text not null default 'pending',
      tries integer not null default 0,
      log json not null default '[]',
      next_try_at timestamptz default now(),
      created_at timestamptz not null default now(),
      finished_at timestamptz
    );
    create index webhook_deliveries_webhook on webhook_deliveries (webhook_id, id desc);
    create index webhook_deliveries_due on webhook_deliveries (next_try_at) where state = 'pending';
    create index webhook_deliveries_finished on webhook_deliveries (finished_at);
  `.execute(db);
}
