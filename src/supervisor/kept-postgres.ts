/** The embedded PostgreSQL, kept running: if it dies, it is started again on the same port, so that its URL stays good. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Backoff } from './backoff.js';
import { type StartOptions, startPostgres } from './embedded-postgres.js';

export interface KeptPostgres {
  url: string;
  stop(): Promise<void>;
}

/** Resolves when the server answers; throws if it cannot be started at first. */
export async function keepPostgres(options: StartOptions): Promise<KeptPostgres> {
  const { log } = options;
  let postgres = await startPostgres(options);
  const { url } = postgres;
  const port = Number(new URL(url).port);
  const backoff = new Backoff();
  const stopping = new AbortController();
  const { signal } = stopping;

  async function watch(): Promise<void> {
    for (;;) {
      const readyAt = performance.now();
      await postgres.exited;
      if (signal.aborted) return;
      log.error({ postgresPid: postgres.pid }, 'PostgreSQL ended; it is started again');
      await restart(performance.now() - readyAt);
      if (signal.aborted) return postgres.stop();
    }
  }

  /** Returns when a new server answers or `stop` was called. */
  async function restart(ranForMs: number): Promise<void> {
    for (let ranMs = ranForMs; ; ranMs = 0) {
      await sleep(backoff.nextMs(ranMs), undefined, { signal }).catch(() => {}); // cut short by stop
      if (signal.aborted) return;
      try {
        postgres = await startPostgres({ ...options, port });
        return;
      } catch (err) {
        log.error({ err }, 'PostgreSQL could not be started again');
      }
    }
  }

  const watched = watch();
  async function stop(): Promise<void> {
    stopping.abort();
    await postgres.stop();
    await watched;
  }
  return { url, stop };
}
