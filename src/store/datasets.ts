/** Datasets: one row an upload, written once its columnar artifact is durable. */
import type { Selectable } from 'kysely';
import { Problem } from '../errors.js';
import type { DatasetContents, DatasetFormat } from '../schemas/dataset.js';
import type { Db } from './database.js';
import { json, storableText } from './json.js';
import { decodeCursor, type PageOf, type PageRequest, toPage } from './page.js';
import { isForeignKeyViolation } from './sql-state.js';
import type { DatasetsTable } from './tables.js';

export type DatasetRow = Selectable<DatasetsTable>;

export interface NewDataset {
  tenantId: string;
  id: string;
  name: string;
  format: DatasetFormat;
  /** Of the uploaded file, like `sha256`. */
  bytes: number;
  sha256: string;
  contents: DatasetContents;
  artifactKey: string;
  artifactBytes: number;
  artifactSha256: string;
}

/** Inserts a dataset; `created: false` where the tenant had uploaded the same bytes in the same format before. */
export async function insertDataset(
  db: Db,
  { contents, ...dataset }: NewDataset,
): Promise<{ dataset: DatasetRow; created: boolean }> {
  const inserted = await db
    .insertInto('datasets')
    .values({ ...dataset, name: storableText(dataset.name), contents: json(contents) })
    .onConflict((conflict) => conflict.columns(['tenantId', 'sha256', 'format']).doNothing())
    .returningAll()
    .executeTakeFirst();
  if (inserted) return { dataset: inserted, created: true };
  const earlier = await findDataset(db, dataset);
  if (earlier) return { dataset: earlier, created: false };
  throw new Problem('unavailable', 'an equal dataset was just deleted: upload it again', { retryable: true });
}

/** The tenant's dataset made from these bytes. */
export async function findDataset(
  db: Db,
  { tenantId, sha256, format }: Pick<NewDataset, 'tenantId' | 'sha256' | 'format'>,
): Promise<DatasetRow | undefined> {
  return db
    .selectFrom('datasets')
    .selectAll()
    .where('tenantId', '=', tenantId)
    .where('sha256', '=', sha256)
    .where('format', '=', format)
    .executeTakeFirst();
}

export async function getDataset(
  db: Db,
  { tenantId, id }: { tenantId: string; id: string },
): Promise<DatasetRow | undefined> {
  return db.selectFrom('datasets').selectAll().where('tenantId', '=', tenantId).where('id', '=', id).executeTakeFirst();
}

/** Newest first. */
export async function listDatasets(
  db: Db,
  { tenantId, cursor, limit }: PageRequest & { tenantId: string },
): Promise<PageOf<DatasetRow>> {
  let query = db
    .selectFrom('datasets')
    .selectAll()
    .where('tenantId', '=', tenantId)
    .orderBy('id', 'desc')
    .limit(limit + 1);
  if (cursor !== undefined) query = query.where('id', '<', decodeCursor(cursor, 'dataset'));
  return toPage(await query.execute(), limit);
}

/**
 * Deletes a dataset that no job names; returns the key of its artifact, to be removed afterwards.
 * Throws Problem `not_found`, or `in_use` while a job, of whatever state, names it: its spec would point nowhere.
 */
export async function deleteDataset(
  db: Db,
  { tenantId, id }: { tenantId: string; id: string },
): Promise<{ artifactKey: string }> {
  try {
    const row = await db
      .deleteFrom('datasets')
      .where('tenantId', '=', tenantId)
      .where('id', '=', id)
      .returning('artifactKey')
      .executeTakeFirst();
    if (!row) throw new Problem('not_found', `no dataset ${id}`);
    return row;
  } catch (error) {
    if (!isForeignKeyViolation(error)) throw error;
    throw new Problem('in_use', `${id} is the dataset of a job`, { hint: 'Delete the jobs that use it first' });
  }
}
