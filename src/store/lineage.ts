/** Which job was forked from which. */
import { sql } from 'kysely';
import type { Db } from './database.js';
import type { JobRow } from './fence.js';

export interface Family {
  /** From the one that is nobody's fork down to the job itself, then all others that stem from the first, oldest first. */
  jobs: JobRow[];
  /** More stem from it than were asked for. */
  truncated: boolean;
}

/** At most `limit` jobs beside the job and those that it stems from. */
export async function familyOf(
  db: Db,
  { tenantId, id, limit }: { tenantId: string; id: string; limit: number },
): Promise<Family> {
  const { rows: line } = await sql<{ id: string }>`
    with recursive line as (
      select id, fork_of, 0 as height from jobs where tenant_id = ${tenantId} and id = ${id}
      union all
      select parent.id, parent.fork_of, height + 1 from jobs parent join line on parent.id = line.fork_of
    )
    select id from line order by height desc`.execute(db);
  const root = line[0]?.id;
  const { rows: others } = await sql<{ id: string }>`
    with recursive family as (
      select id from jobs where tenant_id = ${tenantId} and id = ${root}
      union all
      select child.id from jobs child join family on child.fork_of = family.id
    )
    select id from family where id <> all(${line.map(({ id }) => id)}::text[]) order by id limit ${limit + 1}`.execute(
    db,
  );
  const ids = [...line, ...others.slice(0, limit)].map(({ id }) => id);
  const rows = await db.selectFrom('jobs').selectAll().where('id', '=', sql<string>`any(${ids})`).execute();
  const byId = new Map(rows.map((row) => [row.id, row]));
  return { jobs: ids.flatMap((id) => byId.get(id) ?? []), truncated: others.length > limit };
}
