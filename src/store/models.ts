/** Models: what jobs leave to predict with, and what was registered under a name (registry.ts). */
import { type Selectable, type SelectQueryBuilder, sql } from 'kysely';
import type { PreparationSummary } from '../data/preparation.js';
import type { ModelCard } from '../schemas/run.js';
import type { Db, Trx } from './database.js';
import { json } from './json.js';
import { decodeCursor, type PageOf, type PageRequest, toPage } from './page.js';
import type { Database, ModelsTable } from './tables.js';

/** With the aliases that point to it. */
export type ModelRow = Selectable<ModelsTable> & { aliases: string[] };

export interface NewModel {
  id: string;
  name: string;
  checkpointId: string;
  card: ModelCard;
  preparation: PreparationSummary;
}

/** The model of a job that succeeds: only `succeed` (runs.ts) makes them. */
export async function insertModel(
  trx: Trx,
  { card, preparation, ...model }: NewModel & { jobId: string; tenantId: string },
): Promise<void> {
  await trx
    .insertInto('models')
    .values({ ...model, weights: 'best', card: json(card), preparation: json(preparation) })
    .execute();
}

/** With the file it rests on. */
export type StoredModel = ModelRow & { artifactKey: string; bytes: number; sha256: string };

const aliases = sql<string[]>`array(select alias from model_aliases where model_id = models.id order by alias)`;

/**
 * The model and the file it predicts from. `id` may be `name@latest`, of all versions the last, `name@` and an alias, or
 * `name@` and a version.
 */
export async function getModel(
  db: Db,
  { tenantId, id }: { tenantId: string; id: string },
): Promise<StoredModel | undefined> {
  const query = db
    .selectFrom('models')
    .innerJoin('checkpoints', 'checkpoints.id', 'models.checkpointId')
    .selectAll('models')
    .select(['checkpoints.artifactKey', 'checkpoints.bytes', 'checkpoints.sha256', aliases.as('aliases')])
    .where('models.tenantId', '=', tenantId);
  return named(query, id).executeTakeFirst();
}

type Query<Row> = SelectQueryBuilder<Database, 'models' | 'checkpoints', Row>;

function named<Row>(query: Query<Row>, id: string): Query<Row> {
  const [name, tag] = id.split('@') as [string, string?];
  if (tag === undefined) return query.where('models.id', '=', id);
  const versions = query.where('models.name', '=', name).where('version', 'is not', null);
  if (tag === latest) return versions.orderBy('version', 'desc').limit(1);
  if (/^\d/.test(tag)) return versions.where('version', '=', Number(tag));
  const pointed = sql<string>`(
    select model_id from model_aliases a where a.tenant_id = models.tenant_id and a.name = ${name} and alias = ${tag})`;
  return query.where('models.id', '=', pointed);
}

/** Of every name, and never set. */
export const latest = 'latest';

export interface ModelFilter extends PageRequest {
  tenantId: string;
  /** Exact. */
  name?: string | undefined;
}

/** Newest first. */
export async function listModels(db: Db, { tenantId, name, cursor, limit }: ModelFilter): Promise<PageOf<ModelRow>> {
  let query = db
    .selectFrom('models')
    .selectAll()
    .select(aliases.as('aliases'))
    .where('tenantId', '=', tenantId)
    .orderBy('id', 'desc')
    .limit(limit + 1);
  if (name !== undefined) query = query.where('name', '=', name);
  if (cursor !== undefined) query = query.where('id', '<', decodeCursor(cursor, 'model'));
  return toPage(await query.execute(), limit);
}
