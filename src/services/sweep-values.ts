/** How good a trial is: the best that its objective has been so far, as its metric series have it. */
import { isMaximised } from '../engine/index.js';
import type { Objective } from '../schemas/sweep.js';
import type { Db } from '../store/database.js';
import { readMetrics } from '../store/metrics.js';

/** Up to `toStep`, included; null where there is no finite value yet. */
export async function bestValue(
  db: Db,
  { objective, ...job }: { tenantId: string; jobId: string; objective: Objective; toStep?: number },
): Promise<number | null> {
  const [series] = await readMetrics(db, { ...job, names: [objective.metric] });
  const values = (series?.values ?? []).filter(Number.isFinite);
  if (values.length === 0) return null;
  return isMaximised(objective) ? Math.max(...values) : Math.min(...values);
}
