/** What a dataset holds becomes one value, told apart by `kind`: until now every dataset was a table. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table datasets add column contents jsonb;
    update datasets set contents = jsonb_build_object('kind', 'table', 'rowCount', row_count, 'columns', columns);
    alter table datasets alter column contents set not null, drop column row_count, drop column columns;
  `.execute(db);
}
