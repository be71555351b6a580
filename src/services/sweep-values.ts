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
  return bestOf(series?.values ?? [], objective);
}

/** Of any number of values: a call takes no more than some 100,000 arguments. */
export function bestOf(values: readonly number[], objective: Objective): number | null {
  const better = isMaximised(objective) ? Math.max : Math.min;
  let best: number | null = null;
  for (const value of values) if (Number.isFinite(value)) best = best === null ? value : better(best, value);
  return best;
}
