/** The rows that a model is most wrong about, of as many as go by. */
import type { Evaluated } from '../../schemas/evaluation.js';
import { toFloat } from '../predictions.js';

/** Without its values, which are read once it is known that it stays. */
export type WorstRow = Omit<Evaluated['worst'][number], 'values'>;

const mostWorst = 20;

export class WorstRows {
  /** The worst first. */
  readonly rows: WorstRow[] = [];
  readonly #losses: number[] = [];

  /** `describe` is only asked about a row that is among the worst so far; of equals the first stays. */
  add(loss: number, describe: () => Omit<WorstRow, 'loss'>): void {
    const at = this.#losses.findIndex((worse) => worse < loss);
    const place = at < 0 ? this.#losses.length : at;
    if (place === mostWorst) return;
    this.#losses.splice(place, 0, loss);
    this.rows.splice(place, 0, { ...describe(), loss: toFloat(loss) });
    this.#losses.length = this.rows.length = Math.min(this.rows.length, mostWorst);
  }
}
