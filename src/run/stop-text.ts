/** Text that ends before the first of some strings, told piece by piece: what may be a string's beginning is held back. */

export class StopText {
  readonly #stops: readonly string[];
  #held = '';
  stopped = false;

  constructor(stops: readonly string[]) {
    this.#stops = stops;
  }

  /** What can be told now. Nothing is to be added once it has stopped. */
  add(text: string): string {
    const all = this.#held + text;
    const starts = this.#stops.map((stop) => all.indexOf(stop)).filter((at) => at >= 0);
    this.stopped = starts.length > 0;
    const end = this.stopped ? Math.min(...starts) : all.length - this.#begun(all);
    this.#held = this.stopped ? '' : all.slice(end);
    return all.slice(0, end);
  }

  /** What is left where no more comes. */
  end(): string {
    return this.#held;
  }

  /** Length of the longest end of `text` that a stop begins with. */
  #begun(text: string): number {
    const longest = Math.max(0, ...this.#stops.map((stop) => stop.length - 1));
    for (let length = Math.min(longest, text.length); length > 0; length--) {
      if (this.#stops.some((stop) => stop.startsWith(text.slice(-length)))) return length;
    }
    return 0;
  }
}
