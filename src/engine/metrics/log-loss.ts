/** Mean of −log p of the row's class: cross-entropy without weights or smoothing, whatever the loss. */
import type { ScoreMetric } from './class-scores.js';
import { ratio } from './classification-metric.js';

export const logLoss: ScoreMetric = ({ negativeLogLikelihood, rows }) => ratio(negativeLogLikelihood, rows);
