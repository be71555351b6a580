/** Models: what a succeeded job leaves to predict with. */
import type { Selectable } from 'kysely';
import type { ModelCard } from '../schemas/run.js';
import type { Db, ModelsTable, Trx } from './database.js';
import { json } from './json.js';
import { decodeCursor, type PageOf, type PageRequest, toPage } from './page.js';

export type ModelRow = Selectable<ModelsTable>;

export interface NewModel {
  id: string;
  name: string;
  checkpointId: string;
  card: ModelCard;
}

/** Only `succeed` (runs.ts) makes models. */
export async function insertModel(
  trx: Trx,
  { id, name, jobId, tenantId, checkpointId, card }: NewModel & { jobId: string; tenantId: string },
): Promise<void> {
  await trx
    .insertInto('models')
    .values({ id, name, jobId, tenantId, checkpointId, card: json(card) })
    .execute();
}

/** With the file it rests on. */
export type StoredModel = ModelRow & { artifactKey: string; bytes: number; sha256: string };

/** The model and the file it predicts from. */
export async function getModel(
  db: Db,
  { tenantId, id }: { tenantId: string; id: string },
): Promise<StoredModel | undefined> {
  return db
    .selectFrom('models')
    .innerJoin('checkpoints', 'checkpoints.id', 'models.checkpointId')
    .selectAll('models')
    .select(['checkpoints.artifactKey', 'checkpoints.bytes', 'checkpoints.sha256'])
    .where('models.tenantId', '=', tenantId)
    .where('models.id', '=', id)
    .executeTakeFirst();
}

/** Newest first. */
export async function listModels(
  db: Db,
  { tenantId, cursor, limit }: PageRequest & { tenantId: string },
): Promise<PageOf<ModelRow>> {
  let query = db
    .selectFrom('models')
    .selectAll()
    .where('tenantId', '=', tenantId)
    .orderBy('id', 'desc')
    .limit(limit + 1);
  if (cursor !== undefined) query = query.where('id', '<', decodeCursor(cursor, 'model'));
  return toPage(await query.execute(), limit);
}
