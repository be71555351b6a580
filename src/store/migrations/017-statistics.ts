/** Of rows that were predicted, column by column: what drift is seen from. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table prediction_statistics (
      id bigint generated always as identity primary key,
      model_id text not null references models (id) on delete cascade,
      predicted bigint not null,
      body jsonb not null,
      at timestamptz not null default clock_timestamp()
    );
    create index prediction_statistics_model on prediction_statistics (model_id, id);
  `.execute(db);
}
