/** Work that is done again and again, some time after its last end, until closed. */
import { setTimeout as sleep } from 'node:timers/promises';

export interface RepeatOptions {
  intervalMs: number;
  /** Told of each failure; the work goes on. */
  onError(error: unknown): void;
}

/** Begins at once. `close` waits for what is under way. */
export function repeat(work: () => Promise<void>, { intervalMs, onError }: RepeatOptions): { close(): Promise<void> } {
  const stop = new AbortController();
  const stopped = (async () => {
    while (!stop.signal.aborted) {
      await work().catch(onError);
      await sleep(intervalMs, undefined, { signal: stop.signal }).catch(ignoreAbort);
    }
  })();
  return {
    async close() {
      stop.abort();
      await stopped;
    },
  };
}

function ignoreAbort(error: unknown): void {
  if (!(error instanceof Error && error.name === 'AbortError')) throw error;
}
