/** Metric series of a job. */
import type { Float } from '../schemas/common.js';
import type { Metrics } from '../schemas/run.js';
import { type MetricsRequest, readMetrics } from '../store/metrics.js';
import { foundJob } from './found.js';
import type { Parts } from './index.js';

export function metricService({ db }: Parts) {
  return {
    async read(request: MetricsRequest): Promise<Metrics> {
      await foundJob(db, request.tenantId, request.jobId);
      const series = await readMetrics(db, request);
      return { series: series.map((line) => ({ ...line, values: line.values.map(toFloat) })) };
    },
  };
}

/** JSON has no NaN and no infinity: they are written as words. */
export const toFloat = (value: number): Float => (Number.isFinite(value) ? value : (String(value) as Float));
