/** Models by name: versions that count up below it, and aliases that are moved from one version to another. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table model_names (
      tenant_id text not null,
      name text not null,
      versions integer not null,
      primary key (tenant_id, name)
    );

    alter table models
      add version integer,
      add weights text not null default 'best',
      add preparation jsonb;
    drop index models_job;
    create unique index models_job on models (job_id) where version is null;
    create index models_registered_job on models (job_id) where version is not null;
    create unique index models_version on models (tenant_id, name, version);
    create index models_name on models (tenant_id, name, id desc);
    create unique index models_registered on models (tenant_id, name, checkpoint_id, weights) where version is not null;

    create table model_aliases (
      tenant_id text not null,
      name text not null,
      alias text not null,
      model_id text not null references models (id),
      primary key (tenant_id, name, alias)
    );
    create index model_aliases_model on model_aliases (model_id);
  `.execute(db);
}
