/** Rows that must be there. Another tenant's row is as absent as one that never was. */
import { Problem } from '../errors.js';
import type { Resource } from '../schemas/common.js';
import type { Db } from '../store/database.js';
import { getJob, type JobRow } from '../store/jobs.js';

/** The row, or Problem `not_found`. */
export function found<Row>(row: Row | undefined, resource: Resource, id: string): Row {
  if (row === undefined) throw new Problem('not_found', `There is no ${resource} ${id}`);
  return row;
}

export const foundJob = async (db: Db, tenantId: string, id: string): Promise<JobRow> =>
  found(await getJob(db, { tenantId, id }), 'job', id);
