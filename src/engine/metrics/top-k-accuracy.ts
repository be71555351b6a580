/** Share of the rows whose class is among the k that were given the highest scores, the first of equals before the others. */
import type { ScoreMetric } from './class-scores.js';
import { ratio } from './classification-metric.js';

export const topKAccuracy =
  (k: number): ScoreMetric =>
  ({ ranks, rows }) =>
    ratio(
      ranks.subarray(0, k).reduce((sum, count) => sum + count, 0),
      rows,
    );
