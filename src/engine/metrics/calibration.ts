/**
 * Whether probabilities are what they say: rows by the probability that was told, in bins of equal width, and how many of
 * them were hits (the reliability diagram of DeGroot & Fienberg 1983; its error as Naeini, Cooper & Hauskrecht 2015 have it).
 */
import { ratio } from './classification-metric.js';

const binCount = 10;

export interface CalibrationBin {
  /** Probabilities above it, in the first bin 0 too. */
  readonly from: number;
  readonly to: number;
  readonly rows: number;
  /** Mean of the probabilities. */
  readonly probability: number;
  /** Share of the hits. */
  readonly frequency: number;
}

export class Calibration {
  readonly #rows = new Float64Array(binCount);
  readonly #probabilities = new Float64Array(binCount);
  readonly #hits = new Float64Array(binCount);

  add(probability: number, isHit: boolean): void {
    const bin = Math.min(binCount - 1, Math.max(0, Math.ceil(probability * binCount) - 1));
    this.#rows[bin]! += 1;
    this.#probabilities[bin]! += probability;
    this.#hits[bin]! += Number(isHit);
  }

  /** Those that hold rows. */
  bins(): CalibrationBin[] {
    return Array.from(this.#rows, (rows, bin) => ({
      from: bin / binCount,
      to: (bin + 1) / binCount,
      rows,
      probability: ratio(this.#probabilities[bin]!, rows),
      frequency: ratio(this.#hits[bin]!, rows),
    })).filter(({ rows }) => rows > 0);
  }

  /** Expected calibration error: Σ rows / all · |frequency − probability| over the bins. */
  error(): number {
    const bins = this.bins();
    const all = bins.reduce((sum, { rows }) => sum + rows, 0);
    return ratio(
      bins.reduce((sum, { rows, probability, frequency }) => sum + rows * Math.abs(frequency - probability), 0),
      all,
    );
  }
}
