/**
 * Average precision: precision at each threshold, weighted by the recall that it adds, Σ (Rₙ − Rₙ₋₁) Pₙ, without
 * interpolation. Of the second of two classes; of more, the mean over the classes that some row is of.
 */
import type { ScoreMetric } from './class-scores.js';
import { ratio } from './classification-metric.js';
import type { Ranking } from './ranking.js';
import { rankings } from './roc-auc.js';

function averageOf({ positives, ties }: Ranking): number {
  let [found, taken, sum] = [0, 0, 0];
  for (const tie of ties) {
    found += tie.positives;
    taken += tie.positives + tie.negatives;
    sum += (tie.positives * found) / taken;
  }
  return ratio(sum, positives);
}

export const averagePrecision: ScoreMetric = (scores) => {
  const ranked = rankings(scores, ({ positives }) => positives > 0);
  return ratio(
    ranked.reduce((sum, ranking) => sum + averageOf(ranking), 0),
    ranked.length,
  );
};
