/** Brier's score (1950): mean of Σ (p − [class])² over the classes; of two classes half of it, (p − [second])². */
import type { ScoreMetric } from './class-scores.js';
import { ratio } from './classification-metric.js';

export const brier: ScoreMetric = ({ squaredErrors, rows, classes }) =>
  ratio(squaredErrors, classes === 2 ? 2 * rows : rows);
