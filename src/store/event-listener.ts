/**
 * Tells whoever waits for events of a job that there are new ones: one connection of this process LISTENs for all of them.
 * What it tells is a hint: while it is away, and behind a pooler that knows no LISTEN, waiters look again by themselves.
 */
import pg from 'pg';
import type { BaseLogger } from 'pino';
import { eventsChannel } from './events.js';

const reconnectMs = 1000;

export interface EventListener {
  /** Calls `wake` after each event of the job, or of any job for null, until the returned function is called. */
  subscribe(jobId: string | null, wake: () => void): () => void;
  close(): Promise<void>;
}

/** Connects with the first subscription. */
export function createEventListener({ url, log }: { url: string; log?: Pick<BaseLogger, 'warn'> }): EventListener {
  const waiters = new Map<string | null, Set<() => void>>();
  let client: pg.Client | undefined;
  let retry: NodeJS.Timeout | undefined;
  let closed = false;

  const wake = (jobId: string | null) => {
    for (const waiter of waiters.get(jobId) ?? []) waiter();
  };

  function connect(): void {
    const mine = new pg.Client({ connectionString: url, keepAlive: true, connectionTimeoutMillis: 5000 });
    client = mine;
    let lost = false;
    const lose = (error?: Error) => {
      if (lost) return; // of a connection that breaks, some ways report an error and the end
      lost = true;
      if (closed) return;
      log?.warn({ err: error }, 'does not hear of events for now');
      mine.end().catch(() => {});
      retry = setTimeout(connect, reconnectMs);
    };
    mine.on('error', lose);
    mine.on('end', lose);
    mine.on('notification', ({ payload }) => {
      if (payload !== undefined) wake(payload);
      wake(null);
    });
    const listening = mine.connect().then(() => mine.query(`listen ${eventsChannel}`));
    listening.then(() => {
      for (const jobId of waiters.keys()) wake(jobId); // for what came before
    }, lose);
  }

  return {
    subscribe(jobId, waiter) {
      if (!client) connect();
      const same = waiters.get(jobId) ?? new Set();
      waiters.set(jobId, same.add(waiter));
      return () => {
        same.delete(waiter);
        if (!same.size && waiters.get(jobId) === same) waiters.delete(jobId);
      };
    },
    async close() {
      closed = true;
      clearTimeout(retry);
      await client?.end().catch(() => {});
    },
  };
}
