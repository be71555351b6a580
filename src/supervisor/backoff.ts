/** How long to wait before something that keeps ending is started again. */
const steadyMs = 10_000;

/** 0.25 s, doubling each time up to 30 s, and 0.25 s again after it ran for more than 10 s. */
export class Backoff {
  #failures = 0;

  nextMs(ranForMs: number): number {
    if (ranForMs > steadyMs) this.#failures = 0;
    const pauseMs = Math.min(30_000, 250 * 2 ** this.#failures);
    this.#failures += 1;
    return pauseMs;
  }
}
