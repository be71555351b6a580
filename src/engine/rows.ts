/** Where the rows of a step, or of what is measured, stand in memory: with their whole split, or as they are fed. */
import { rowPlaces, type SplitName } from './data.js';
import type { Machine } from './machine.js';
import type { Plan } from './plan.js';
import { StepOrder } from './step-order.js';

export interface RowSource {
  /** The word at which the places of a step's rows begin. What was asked for before may be gone. */
  ofStep(done: number): number;
  /** Writes the places of the rows of one of a split's batches to `batchRows`; batches are asked for from the first to the last. */
  ofBatch(split: SplitName, batch: { readonly first: number; readonly rows: number }): void;
  /** Nothing is asked for after it. */
  close(): Promise<void>;
}

/** All splits stand in memory. */
export class StandingRows implements RowSource {
  readonly #machine: Machine;
  readonly #plan: Plan;
  readonly #order: StepOrder;

  constructor(machine: Machine, plan: Plan) {
    const { addresses, spec, orderLength: length } = plan;
    const order = machine.memory.u32.subarray(addresses.order / 4, addresses.order / 4 + length);
    this.#machine = machine;
    this.#plan = plan;
    this.#order = new StepOrder(order, { ...plan, training: spec.training });
  }

  // The training split is the first in memory: a place in it is one in memory.
  ofStep(done: number): number {
    return this.#plan.addresses.order / 4 + this.#order.firstOf(done);
  }

  ofBatch(split: SplitName, { first, rows }: { first: number; rows: number }): void {
    const { addresses, shape } = this.#plan;
    const { i32 } = this.#machine.memory;
    const placeOf = rowPlaces(split, shape);
    for (let row = 0; row < rows; row++) i32[addresses.batchRows / 4 + row] = placeOf(first + row);
  }

  async close(): Promise<void> {}
}
