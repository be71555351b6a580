/**
 * Coefficient of determination, 1 − Σ(p − t)² / Σ(t − t̄)², the mean over columns. A constant target has none: it counts as
 * 1 where the prediction is exact and 0 elsewhere, as in scikit-learn.
 */
import { meanOverColumns, type RegressionMetric } from './regression-sums.js';

export const r2: RegressionMetric = (columns) =>
  meanOverColumns(columns, ({ squaredErrors, squaredDeviations }) => {
    if (squaredDeviations > 0) return 1 - squaredErrors / squaredDeviations;
    return squaredErrors === 0 ? 1 : 0;
  });
