/** Running float64 sums over (target, prediction) pairs: what every regression metric is a function of. */

/** Of one target column. */
export class RegressionSums {
  rows = 0;
  squaredErrors = 0;
  absoluteErrors = 0;
  /** Mean of the targets, and the sum of their squared deviations from it (Welford 1962: no cancellation). */
  #mean = 0;
  squaredDeviations = 0;

  add(target: number, prediction: number): void {
    const error = prediction - target;
    this.rows += 1;
    this.squaredErrors += error * error;
    this.absoluteErrors += Math.abs(error);
    const deviation = target - this.#mean;
    this.#mean += deviation / this.rows;
    this.squaredDeviations += deviation * (target - this.#mean);
  }
}

/** The contract of a regression metric: a function of the sums of every target column, of which there is at least one. */
export type RegressionMetric = (columns: readonly RegressionSums[]) => number;

export const meanOverColumns = (columns: readonly RegressionSums[], of: (sums: RegressionSums) => number): number =>
  columns.reduce((sum, column) => sum + of(column), 0) / columns.length;
