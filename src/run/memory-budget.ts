/** How many bytes the runs of one consumer may take together. Planned bytes count, whether touched yet or not. */

/** A thread's own heap, and the encoded data before it is in the engine's memory, beside what the plan counts. */
export const threadBytes = 64 * 2 ** 20;

export class MemoryBudget {
  readonly total: number;
  #reserved = 0;

  constructor(total: number) {
    this.total = total;
  }

  /** Takes a run's bytes and returns what gives them back; null where they are not free. */
  reserve(planBytes: number): (() => void) | null {
    const bytes = planBytes + threadBytes;
    if (this.#reserved + bytes > this.total) return null;
    this.#reserved += bytes;
    return () => {
      this.#reserved -= bytes;
    };
  }
}
