/**
 * The contract of a classification metric, and the averages that make one number of a score a class. A score whose
 * denominator is 0 is 0, not NaN.
 */
import type { ConfusionMatrix } from './confusion-matrix.js';

export type ClassificationMetric = (confusion: ConfusionMatrix) => number;

/** What one class' score is made of. */
export interface ClassCounts {
  readonly correct: number;
  /** Rows predicted to be of the class. */
  readonly predicted: number;
  /** Rows of the class. */
  readonly support: number;
}

export type ClassScore = (counts: ClassCounts) => number;

export const ratio = (numerator: number, denominator: number): number =>
  denominator === 0 ? 0 : numerator / denominator;

export const countsOf = (confusion: ConfusionMatrix, index: number): ClassCounts => ({
  correct: confusion.correct(index),
  predicted: confusion.predicted(index),
  support: confusion.support(index),
});

export const averages = ['macro', 'micro', 'weighted'] as const;
export type Average = (typeof averages)[number];

/** macro: plain mean over classes; weighted: by support; micro: the score of the summed counts. */
export function averaged(score: ClassScore, average: Average, confusion: ConfusionMatrix): number {
  const classes = Array.from({ length: confusion.classes }, (_, index) => countsOf(confusion, index));
  const sum = (of: (counts: ClassCounts) => number) => classes.reduce((total, counts) => total + of(counts), 0);
  switch (average) {
    case 'macro':
      return ratio(sum(score), classes.length);
    case 'weighted':
      return ratio(
        sum((counts) => counts.support * score(counts)),
        sum(({ support }) => support),
      );
    case 'micro':
      return score({
        correct: sum(({ correct }) => correct),
        predicted: sum(({ predicted }) => predicted),
        support: sum(({ support }) => support),
      });
    default:
      return average satisfies never;
  }
}

/** The score under its plain name: of the second class where there are two, else macro. */
export const plain =
  (score: ClassScore): ClassificationMetric =>
  (confusion) =>
    confusion.classes === 2 ? score(countsOf(confusion, 1)) : averaged(score, 'macro', confusion);
