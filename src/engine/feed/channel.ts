/**
 * The shared words by which the step loop and the thread that feeds it wait for one another. Counts go round at 2³², so
 * only their differences are looked at. Each word has one writer.
 */
import { advance, waitWhile } from '../threads/barrier.js';

const words = {
  /** Rises with whatever the loop has done: what the thread sleeps on. */
  moves: 0,
  /** Steps whose rows are written, from step 0 on; and those that the loop is done with. */
  written: 1,
  taken: 2,
  /** Measures asked for; the split of the last one; its batches that are written, and those that the loop is done with. */
  measures: 3,
  split: 4,
  batchesWritten: 5,
  batchesTaken: 6,
  failed: 7,
} as const;

/** a − b, both modulo 2³². */
const difference = (a: number, b: number): number => (a - b) | 0;

export class FeedChannel {
  static readonly bytes = Object.keys(words).length * Int32Array.BYTES_PER_ELEMENT;
  readonly #words: Int32Array;

  constructor(buffer: SharedArrayBuffer) {
    this.#words = new Int32Array(buffer);
  }

  // ── the step loop ─────────────────────────────────────────────────────────────────────────────────────────────

  /** Before the thread starts: both stand at a step. */
  startAt(step: number): void {
    this.#words.fill(step, words.written, words.taken + 1);
  }

  /** Gives back the rows of all steps before, and returns when those of `step` stand; false where the thread has failed. */
  awaitStep(step: number): boolean {
    this.#take(words.taken, step);
    return this.#awaitCount(words.written, step);
  }

  /** Asks for all batches of a split. */
  startMeasure(split: number): void {
    Atomics.store(this.#words, words.split, split);
    Atomics.store(this.#words, words.batchesWritten, 0);
    Atomics.store(this.#words, words.batchesTaken, 0);
    Atomics.add(this.#words, words.measures, 1);
    advance(this.#words, words.moves);
  }

  /** The same as `awaitStep`, of a measure. */
  awaitBatch(batch: number): boolean {
    this.#take(words.batchesTaken, batch);
    return this.#awaitCount(words.batchesWritten, batch);
  }

  #take(word: number, count: number): void {
    if (Atomics.exchange(this.#words, word, count) !== (count | 0)) advance(this.#words, words.moves);
  }

  #awaitCount(word: number, count: number): boolean {
    for (;;) {
      const written = Atomics.load(this.#words, word);
      if (Atomics.load(this.#words, words.failed) !== 0) return false;
      if (difference(written, count) > 0) return true;
      waitWhile(this.#words, word, written);
    }
  }

  // ── the thread ────────────────────────────────────────────────────────────────────────────────────────────────

  get moves(): number {
    return Atomics.load(this.#words, words.moves);
  }

  get measures(): number {
    return Atomics.load(this.#words, words.measures);
  }

  get split(): number {
    return Atomics.load(this.#words, words.split);
  }

  /** Steps before `step` whose rows still stand. */
  stepsBefore(step: number): number {
    return difference(step, Atomics.load(this.#words, words.taken));
  }

  batchesBefore(batch: number): number {
    return difference(batch, Atomics.load(this.#words, words.batchesTaken));
  }

  stepWritten(): void {
    advance(this.#words, words.written);
  }

  batchWritten(): void {
    advance(this.#words, words.batchesWritten);
  }

  /** Sleeps until the loop has moved since `moves` was read; looking again and again would take a core from it. */
  sleep(moves: number): void {
    Atomics.wait(this.#words, words.moves, moves);
  }

  /** Wakes the loop wherever it waits. */
  fail(): void {
    Atomics.store(this.#words, words.failed, 1);
    advance(this.#words, words.written);
    advance(this.#words, words.batchesWritten);
  }
}
