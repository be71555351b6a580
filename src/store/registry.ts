/**
 * The registry: models registered under a name, and aliases. Whoever changes something below a name holds the name's row,
 * so that versions have no gap by chance and no alias is moved to a model that goes.
 */
import { Problem } from '../errors.js';
import type { Db, Trx } from './database.js';
import { inTransaction } from './database.js';
import { newId } from './ids.js';
import { json } from './json.js';
import type { ModelRow, NewModel } from './models.js';
import { isForeignKeyViolation } from './sql-state.js';
import type { ModelsTable } from './tables.js';

export type Registration = Omit<NewModel, 'id'> & Pick<ModelsTable, 'tenantId' | 'jobId' | 'weights'>;

/**
 * The next version of its name, or the version that these weights of this checkpoint have there already. Throws Problem
 * `not_found` where the checkpoint is gone.
 */
export function registerModel(
  db: Db,
  { card, preparation, ...model }: Registration,
): Promise<{ id: string; created: boolean }> {
  const { tenantId, name, checkpointId, weights } = model;
  return inTransaction(db, async (trx) => {
    const { versions } = await trx
      .insertInto('modelNames')
      .values({ tenantId, name, versions: 0 })
      .onConflict((conflict) => conflict.columns(['tenantId', 'name']).doUpdateSet({ name }))
      .returning('versions')
      .executeTakeFirstOrThrow();
    const earlier = await trx
      .selectFrom('models')
      .select('id')
      .where('tenantId', '=', tenantId)
      .where('name', '=', name)
      .where('version', 'is not', null)
      .where('checkpointId', '=', checkpointId)
      .where('weights', '=', weights)
      .executeTakeFirst();
    if (earlier) return { id: earlier.id, created: false };
    const version = versions + 1;
    const id = newId('model');
    await trx
      .updateTable('modelNames')
      .set({ versions: version })
      .where('tenantId', '=', tenantId)
      .where('name', '=', name)
      .execute();
    await trx
      .insertInto('models')
      .values({ ...model, id, version, card: json(card), preparation: json(preparation) })
      .execute();
    return { id, created: true };
  }).catch((error: unknown) => {
    if (!isForeignKeyViolation(error)) throw error;
    throw new Problem('not_found', `There is no checkpoint ${checkpointId} any more`);
  });
}

type Alias = Pick<ModelRow, 'tenantId' | 'name'> & { alias: string };

/** Points the alias to a model, away from where it pointed. Throws Problem `not_found` where the model is gone. */
export async function setAlias(db: Db, { modelId, ...of }: Alias & { modelId: string }): Promise<void> {
  await inTransaction(db, async (trx) => {
    await lockName(trx, of);
    await trx
      .insertInto('modelAliases')
      .values({ ...of, modelId })
      .onConflict((conflict) => conflict.columns(['tenantId', 'name', 'alias']).doUpdateSet({ modelId }))
      .execute();
  }).catch((error: unknown) => {
    if (!isForeignKeyViolation(error)) throw error;
    throw new Problem('not_found', `There is no model ${modelId} any more`);
  });
}

/** Whether it pointed to that model. */
export async function removeAlias(db: Db, { modelId, ...of }: Alias & { modelId: string }): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('modelAliases')
    .where('tenantId', '=', of.tenantId)
    .where('name', '=', of.name)
    .where('alias', '=', of.alias)
    .where('modelId', '=', modelId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Deletes a registered model. Throws Problem `in_use` while an alias points to it. */
export function deleteModel(db: Db, { id, ...of }: Pick<ModelRow, 'tenantId' | 'name' | 'id'>): Promise<void> {
  return inTransaction(db, async (trx) => {
    await lockName(trx, of);
    const pointing = await trx.selectFrom('modelAliases').select('alias').where('modelId', '=', id).execute();
    if (pointing.length > 0) {
      const names = pointing.map(({ alias }) => `${of.name}@${alias}`).sort();
      throw new Problem('in_use', `${names.join(', ')} points to ${id}`, { hint: 'Move or remove its aliases first' });
    }
    await trx.deleteFrom('models').where('id', '=', id).execute();
  });
}

const lockName = (trx: Trx, { tenantId, name }: Pick<ModelRow, 'tenantId' | 'name'>) =>
  trx
    .selectFrom('modelNames')
    .select('versions')
    .where('tenantId', '=', tenantId)
    .where('name', '=', name)
    .forUpdate()
    .execute();
