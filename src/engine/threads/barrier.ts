/** Where threads wait for one another: for a moment by looking again and again, then asleep. */

/** Looks before sleeping, some 0.1 ms: waking up costs 5 µs to 50 µs, and what one thread does alone seldom takes longer. */
const LOOKS = 10_000;

/** Sleeps until `words[index]` is no longer `value`. */
export function waitWhile(words: Int32Array, index: number, value: number): void {
  for (let look = 0; look < LOOKS; look++) if (Atomics.load(words, index) !== value) return;
  while (Atomics.load(words, index) === value) Atomics.wait(words, index, value);
}

/** Wakes all who wait for `words[index]` to change, having changed it. */
export function advance(words: Int32Array, index: number): void {
  Atomics.add(words, index, 1);
  Atomics.notify(words, index);
}

/** A counting barrier in two words: how many have arrived, and the round. */
export class Barrier {
  static readonly WORDS = 2;
  readonly #words: Int32Array;
  readonly #threads: number;

  constructor(words: Int32Array, threads: number) {
    this.#words = words;
    this.#threads = threads;
  }

  /** Returns once as many threads have called it as there are; what each wrote before, all then see. */
  readonly pass = (): void => {
    const [arrived, round] = [0, 1];
    const before = Atomics.load(this.#words, round);
    if (Atomics.add(this.#words, arrived, 1) + 1 < this.#threads) {
      waitWhile(this.#words, round, before);
      return;
    }
    Atomics.store(this.#words, arrived, 0);
    advance(this.#words, round);
  };
}
