/**
 * What a tenant has taken, and what it may take. Whoever takes more holds the row of the tenant's quota, so that of many who
 * ask at once no more get it than there is room for; a tenant without a quota holds nothing.
 */
import { type Selectable, sql } from 'kysely';
import { Problem } from '../errors.js';
import { terminalStates } from '../schemas/job.js';
import type { Usage } from '../schemas/usage.js';
import type { Db, Trx } from './database.js';
import type { QuotasTable } from './tables.js';

export type Quota = Selectable<QuotasTable>;
type Limits = Omit<Quota, 'tenantId'>;
export type Limit = keyof Limits;

/** Sets all limits of a tenant anew. */
export function setQuota(db: Db, quota: Quota): Promise<Quota> {
  const { tenantId: _, ...limits } = quota;
  return db
    .insertInto('quotas')
    .values(quota)
    .onConflict((conflict) => conflict.column('tenantId').doUpdateSet(limits))
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function quotaOf(db: Db, tenantId: string): Promise<Limits | undefined> {
  return db
    .selectFrom('quotas')
    .select(['activeJobs', 'bytes', 'steps'])
    .where('tenantId', '=', tenantId)
    .executeTakeFirst();
}

/**
 * Throws Problem `quota_exceeded` where the tenant may not take what is asked for beside what it has; else nobody takes any
 * of it until the transaction ends.
 */
export async function takeQuota(trx: Trx, tenantId: string, asked: Partial<Record<Limit, number>>): Promise<void> {
  const limits = await trx
    .selectFrom('quotas')
    .select(['activeJobs', 'bytes', 'steps'])
    .where('tenantId', '=', tenantId)
    .forUpdate()
    .executeTakeFirst();
  if (limits === undefined) return;
  const used = takenOf(await usageOf(trx, tenantId));
  for (const [name, more] of Object.entries(asked) as [Limit, number][]) {
    const limit = limits[name];
    if (limit !== null && used[name] + more > limit) throw exceeded(name, { limit, used: used[name], asked: more });
  }
}

function exceeded(name: Limit, { limit, used, asked }: { limit: number; used: number; asked: number }): Problem {
  const message = `${name}: ${used} of ${limit} are taken, and ${asked} more were asked for`;
  const field = { path: '', code: name, message, expected: `at most ${limit}`, got: used + asked };
  const hint = 'GET /v1/usage tells what takes them';
  return new Problem('quota_exceeded', message, { errors: [field], hint });
}

/** Of what is limited. Jobs that have not ended are taken to make all their steps. */
export const takenOf = ({ jobs, datasets, checkpoints, steps }: Omit<Usage, 'quotas'>): Record<Limit, number> => ({
  activeJobs: jobs.active,
  bytes: datasets.bytes + checkpoints.bytes,
  steps: steps.made + steps.promised,
});

export async function usageOf(db: Db, tenantId: string): Promise<Omit<Usage, 'quotas'>> {
  const made = sql`greatest(0, coalesce((progress->>'step')::bigint, 0) - steps_before)`;
  const hasEnded = sql`state in (${sql.join(terminalStates)})`;
  const { rows } = await sql<Record<string, number>>`
    select
      (select count(*) from models where tenant_id = ${tenantId} and version is not null) as models,
      (select coalesce(sum(deleted_steps), 0)::bigint from tenant_usage where tenant_id = ${tenantId}) as deleted_steps,
      (select coalesce(sum(predictions), 0)::bigint from tenant_usage where tenant_id = ${tenantId}) as predictions,
      datasets.*, checkpoints.*, jobs.*
    from
      (select count(*) as datasets, coalesce(sum(artifact_bytes), 0)::bigint as dataset_bytes
        from datasets where tenant_id = ${tenantId}) datasets,
      (select count(*) as checkpoints, coalesce(sum(bytes), 0)::bigint as checkpoint_bytes
        from checkpoints where tenant_id = ${tenantId}) checkpoints,
      (select count(*) as jobs, count(*) filter (where not ${hasEnded}) as active_jobs,
          coalesce(sum(${made}), 0)::bigint as made_steps,
          coalesce(sum(greatest(0, promised_steps - steps_before - ${made})) filter (where not ${hasEnded}), 0)::bigint as promised_steps
        from jobs where tenant_id = ${tenantId}) jobs`.execute(db);
  const counted = rows[0]!;
  const of = (name: string): number => counted[name]!;
  return {
    datasets: { count: of('datasets'), bytes: of('datasetBytes') },
    models: { count: of('models') },
    checkpoints: { count: of('checkpoints'), bytes: of('checkpointBytes') },
    jobs: { count: of('jobs'), active: of('activeJobs') },
    steps: { made: of('madeSteps') + of('deletedSteps'), promised: of('promisedSteps') },
    predictions: of('predictions'),
  };
}

/** Counts what no other row will show. */
export async function addUsage(
  db: Db,
  tenantId: string,
  { deletedSteps = 0, predictions = 0 }: { deletedSteps?: number; predictions?: number },
): Promise<void> {
  await db
    .insertInto('tenantUsage')
    .values({ tenantId, deletedSteps, predictions })
    .onConflict((conflict) =>
      conflict.column('tenantId').doUpdateSet((eb) => ({
        deletedSteps: eb('tenantUsage.deletedSteps', '+', deletedSteps),
        predictions: eb('tenantUsage.predictions', '+', predictions),
      })),
    )
    .execute();
}
