/**
 * Tells when a thread hangs: when it has made no step for the configured least time and for many times its longest step so
 * far. While it may be waiting for us to store a checkpoint, and while this process itself stood still, no time passes.
 */
import type { Control } from './protocol.js';

export class HangWatch {
  readonly #control: Control;
  readonly #leastMs: number;
  /** More than this between two looks was a pause of the whole process. */
  readonly #longestLookMs: number;
  #beats = 0;
  #silentMs = 0;
  #lookedAt = performance.now();

  constructor(control: Control, { leastMs, intervalMs }: { leastMs: number; intervalMs: number }) {
    this.#control = control;
    this.#leastMs = leastMs;
    this.#longestLookMs = 2 * intervalMs;
  }

  /** To be called every `intervalMs`; milliseconds of silence where that is a hang, else null. */
  look(now = performance.now()): number | null {
    const { beats, isFull, patienceMs } = this.#control;
    const passed = Math.min(now - this.#lookedAt, this.#longestLookMs);
    this.#silentMs = beats !== this.#beats || isFull ? 0 : this.#silentMs + passed;
    this.#beats = beats;
    this.#lookedAt = now;
    return this.#silentMs > Math.max(this.#leastMs, patienceMs) ? this.#silentMs : null;
  }
}
