/**
 * Area under the ROC curve: how often a row of a class is scored above one that is not of it, ties counting half (Hanley &
 * McNeil 1982). Of the second of two classes; of more, the mean over the classes that some rows are of and some are not.
 */
import type { ClassScores, ScoreMetric } from './class-scores.js';
import { ratio } from './classification-metric.js';
import type { Ranking } from './ranking.js';

function area({ positives, negatives, ties }: Ranking): number {
  let [above, sum] = [0, 0];
  for (const tie of ties) {
    sum += tie.negatives * (above + tie.positives / 2);
    above += tie.positives;
  }
  return ratio(sum, positives * negatives);
}

/** Rankings of the classes that a mean is taken over. */
export function rankings(scores: ClassScores, counts: (ranking: Ranking) => boolean): Ranking[] {
  const classes = scores.classes === 2 ? [1] : Array.from({ length: scores.classes }, (_, index) => index);
  return classes.map((index) => scores.ranking(index)).filter(counts);
}

export const rocAuc: ScoreMetric = (scores) => {
  const ranked = rankings(scores, ({ positives, negatives }) => positives > 0 && negatives > 0);
  return ratio(
    ranked.reduce((sum, ranking) => sum + area(ranking), 0),
    ranked.length,
  );
};
