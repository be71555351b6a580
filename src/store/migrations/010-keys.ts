/** Keys, of which only the hash is kept, and what was done with them. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table api_keys (
      id text primary key,
      tenant_id text not null,
      name text not null,
      prefix text not null,
      sha256 text not null unique,
      scope text not null,
      expires_at timestamptz,
      last_used_at timestamptz,
      created_at timestamptz not null default now()
    );
    create index api_keys_tenant on api_keys (tenant_id, id);

    create table audit (
      id bigint generated always as identity primary key,
      tenant_id text not null,
      key_id text not null,
      method text not null,
      path text not null,
      status integer not null,
      request_id text not null,
      at timestamptz not null default clock_timestamp()
    );
    create index audit_tenant on audit (tenant_id, id desc);
  `.execute(db);
}
