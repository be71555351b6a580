/**
 * What a classifier says of each row beyond its choice: the probabilities of all classes, as sums where those are enough,
 * and kept one by one for the metrics that rank rows. From logits, in float64, so that none is rounded to 0 or 1.
 */
import { type Ranking, rank } from './ranking.js';

/** A metric of probabilities. */
export type ScoreMetric = (scores: ClassScores) => number;

/** Probabilities kept at most, 64 MiB; beyond, the metrics that rank rows are left out. */
export const maxRankedScores = 2 ** 24;

export class ClassScores {
  readonly classes: number;
  rows = 0;
  /** Σ −log p of the row's class */
  negativeLogLikelihood = 0;
  /** Σ (p − [class])² over rows and classes */
  squaredErrors = 0;
  /** Rows by how many classes were put before their own. */
  readonly ranks: Float64Array;
  /** [rows, classes]; null where they are too many. */
  readonly #probabilities: Float32Array | null;
  readonly #actual: Int32Array;
  /** Of the row at hand. */
  readonly #row: Float64Array;

  constructor(classes: number, maxRows: number) {
    const fits = classes * maxRows <= maxRankedScores;
    this.classes = classes;
    this.ranks = new Float64Array(classes);
    this.#probabilities = fits ? new Float32Array(classes * maxRows) : null;
    this.#actual = new Int32Array(fits ? maxRows : 0);
    this.#row = new Float64Array(classes);
  }

  /** Adds a row by the logits of all classes, or of two by that of the second alone. */
  add(actual: number, logits: Float32Array, start: number, width: number): void {
    const row = this.#row;
    if (width === 1) row.set([0, logits[start]!]);
    else for (let index = 0; index < width; index++) row[index] = logits[start + index]!;
    const own = row[actual]!;
    let [largest, before] = [Number.NEGATIVE_INFINITY, 0];
    row.forEach((logit, index) => {
      largest = Math.max(largest, logit);
      if (logit > own || (logit === own && index < actual)) before++;
    });
    let sum = 0;
    for (const logit of row) sum += Math.exp(logit - largest);
    this.negativeLogLikelihood += Math.log(sum) + largest - own;
    this.ranks[before]! += 1;
    row.forEach((logit, index) => {
      const probability = Math.exp(logit - largest) / sum;
      row[index] = probability;
      this.squaredErrors += (probability - Number(index === actual)) ** 2;
    });
    this.#probabilities?.set(row, this.rows * this.classes);
    if (this.#probabilities !== null) this.#actual[this.rows] = actual;
    this.rows += 1;
  }

  get ranksRows(): boolean {
    return this.#probabilities !== null;
  }

  /** All rows by the probability of one class. */
  ranking(index: number): Ranking {
    const { rows, classes } = this;
    const [probabilities, actual] = [this.#probabilities!, this.#actual];
    return rank(
      Float32Array.from({ length: rows }, (_, row) => probabilities[row * classes + index]!),
      (row) => actual[row] === index,
    );
  }
}
