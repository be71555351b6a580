/** Counts of (actual, predicted) class pairs: what every classification metric is a function of. */

export class ConfusionMatrix {
  readonly classes: number;
  /** [actual, predicted], row-major */
  readonly counts: Float64Array;

  constructor(classes: number) {
    this.classes = classes;
    this.counts = new Float64Array(classes * classes);
  }

  add(actual: number, predicted: number): void {
    this.counts[actual * this.classes + predicted]! += 1;
  }

  /** Rows whose class is `index` and was predicted. */
  correct(index: number): number {
    return this.counts[index * this.classes + index]!;
  }

  /** Rows whose class is `index`. */
  support(index: number): number {
    let sum = 0;
    for (let predicted = 0; predicted < this.classes; predicted++)
      sum += this.counts[index * this.classes + predicted]!;
    return sum;
  }

  /** Rows predicted to be of class `index`. */
  predicted(index: number): number {
    let sum = 0;
    for (let actual = 0; actual < this.classes; actual++) sum += this.counts[actual * this.classes + index]!;
    return sum;
  }

  total(): number {
    return this.counts.reduce((sum, count) => sum + count, 0);
  }

  /** [actual][predicted] */
  toRows(): number[][] {
    return Array.from({ length: this.classes }, (_, actual) =>
      Array.from(this.counts.subarray(actual * this.classes, (actual + 1) * this.classes)),
    );
  }
}
