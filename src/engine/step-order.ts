/** Which rows each step trains on: a function of (seed, step) alone, so that nothing of it needs to be kept for resuming. */
import { Draws, permutation, streamNumber } from './rng.js';
import { type DataShape, placesInText, placesPerRow } from './shape.js';
import type { ResolvedEngineSpec } from './spec.js';
import { type StepCounts, stepRange } from './step-counts.js';

export interface OrderOptions {
  readonly training: Pick<ResolvedEngineSpec['training'], 'seed' | 'sampling'>;
  readonly shape: DataShape;
  readonly steps: StepCounts;
}

/** Words that an order takes: an epoch's rows, or where windows are drawn those of a step. */
export const orderLength = ({ rows }: DataShape, { batchRows, batchesPerStep }: StepCounts): number =>
  Math.max(rows.train, batchRows * batchesPerStep);

export class StepOrder {
  readonly #order: Uint32Array;
  readonly #options: OrderOptions;
  /** Epoch whose order is written. */
  #epoch = -1;

  /** `order` has orderLength words, and is written over. */
  constructor(order: Uint32Array, options: OrderOptions) {
    this.#order = order;
    this.#options = options;
  }

  /** Writes the order where it is another one, and says where in it the step's rows begin: each is a place in the training split. */
  firstOf(done: number): number {
    const { training, shape, steps } = this.#options;
    const { seed, sampling } = training;
    const { first, rows } = stepRange(steps, done);
    if (sampling === 'randomWindows') {
      const draws = new Draws(seed, streamNumber('windows'), done);
      const places = placesInText(shape);
      for (let row = 0; row < rows; row++) this.#order[row] = draws.integer(places);
      return 0;
    }
    const epoch = Math.floor(done / steps.stepsPerEpoch);
    if (epoch !== this.#epoch) {
      const shuffled = permutation(shape.rows.train, seed, streamNumber('shuffle'), epoch);
      const places = placesPerRow(shape);
      this.#order.set(places === 1 ? shuffled : shuffled.map((row) => row * places));
      this.#epoch = epoch;
    }
    return first * steps.batchRows;
  }
}
