/** What a threshold on the score of one class does, from the highest score to the lowest: the ROC curve, and precision over recall. */
import { ratio } from './classification-metric.js';
import type { Ranking } from './ranking.js';

/** Point by point: rows are of the class where their score is at least the threshold. */
export interface Curves {
  readonly thresholds: number[];
  /** Share of the negatives that are taken. */
  readonly falsePositiveRate: number[];
  /** Share of the positives that are taken: the recall. */
  readonly truePositiveRate: number[];
  /** Share of positives among what is taken. */
  readonly precision: number[];
}

/** At most `mostPoints` thresholds: of more, those at equal steps along the ROC curve. */
export function curvesOf({ positives, negatives, ties }: Ranking, mostPoints: number): Curves {
  let [found, wrong] = [0, 0];
  const points = ties.map((tie) => {
    found += tie.positives;
    wrong += tie.negatives;
    return { threshold: tie.score, found, wrong };
  });
  const alongOf = (point: (typeof points)[number]) => ratio(point.found, positives) + ratio(point.wrong, negatives);
  const end = alongOf(points.at(-1) ?? { threshold: 0, found: 0, wrong: 0 });
  const stepOf = (along: number) => Math.floor((along / end) * (mostPoints - 1));
  const kept =
    points.length <= mostPoints
      ? points
      : points.filter((point, at) => at === 0 || stepOf(alongOf(point)) > stepOf(alongOf(points[at - 1]!)));
  return {
    thresholds: kept.map(({ threshold }) => threshold),
    falsePositiveRate: kept.map((point) => ratio(point.wrong, negatives)),
    truePositiveRate: kept.map((point) => ratio(point.found, positives)),
    precision: kept.map((point) => point.found / (point.found + point.wrong)),
  };
}
