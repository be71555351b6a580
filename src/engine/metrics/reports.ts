/** Every metric that there is of what was collected, by name. */
import type { ClassScores } from './class-scores.js';
import { type Average, averaged, averages, countsOf } from './classification-metric.js';
import type { ConfusionMatrix } from './confusion-matrix.js';
import { classF1 } from './f1.js';
import { classificationMetrics, rankingMetricNames, regressionMetrics, scoreMetrics } from './index.js';
import { classPrecision } from './precision.js';
import { classRecall } from './recall.js';
import type { RegressionSums } from './regression-sums.js';

export interface ClassMetrics {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Rows of the class. */
  readonly support: number;
}

/** `scores`: null where the metrics of probabilities were not asked for. */
export function classificationReport(
  confusion: ConfusionMatrix,
  scores: ClassScores | null,
): { values: Record<string, number>; confusion: number[][]; classes: ClassMetrics[] } {
  const plain = Object.entries(classificationMetrics).map(([name, metric]) => [name, metric(confusion)] as const);
  const byClass = { precision: classPrecision, recall: classRecall, f1: classF1 };
  const means = Object.entries(byClass).flatMap(([name, score]) =>
    averages.map((average: Average) => [`${name}.${average}`, averaged(score, average, confusion)] as const),
  );
  const classes = Array.from({ length: confusion.classes }, (_, index) => {
    const counts = countsOf(confusion, index);
    return {
      precision: classPrecision(counts),
      recall: classRecall(counts),
      f1: classF1(counts),
      support: counts.support,
    };
  });
  const scored = scores === null ? [] : scoreValues(scores);
  return { values: Object.fromEntries([...plain, ...scored, ...means]), confusion: confusion.toRows(), classes };
}

function scoreValues(scores: ClassScores): (readonly [string, number])[] {
  const left: string[] = scores.ranksRows ? [] : [...rankingMetricNames];
  if (scores.classes <= 3) left.push('top3Accuracy'); // it is 1 whatever the model says
  if (scores.classes <= 5) left.push('top5Accuracy');
  const kept = Object.entries(scoreMetrics).filter(([name]) => !left.includes(name));
  return kept.map(([name, metric]) => [name, metric(scores)]);
}

export const regressionReport = (columns: readonly RegressionSums[]): { values: Record<string, number> } => ({
  values: Object.fromEntries(Object.entries(regressionMetrics).map(([name, metric]) => [name, metric(columns)])),
});
