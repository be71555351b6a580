/** What the two backends of the queue share: options, settings, and the part of BullMQ that the queue uses. */
import type { Job } from 'bullmq';
import type { BaseLogger } from 'pino';
import type { Hint } from '../store/runs.js';

export type QueueLog = Pick<BaseLogger, 'warn'>;

export interface QueueOptions {
  /** Redis, if given; else the database. */
  redisUrl?: string | undefined;
  databaseUrl: string;
  /** Of the service's tables; the queue's own are beside them, in `<schema>_queue`. */
  schema: string;
  /** Of the keys in Redis. */
  prefix: string;
  log?: QueueLog;
}

/** What each backend offers to index.ts. */
export interface QueueBackend {
  queue: {
    add(name: string, data: HintData, options: object): Promise<unknown>;
    getJobState(id: string): Promise<string>;
    remove(id: string): Promise<unknown>;
    isPaused(): Promise<boolean>;
  };
  /** Drops the connection; nothing is waited for. */
  closeQueue(): Promise<void>;
  startWorker(process: (job: Job<HintData>) => Promise<void>, options: WorkerSettings): BullWorker;
}

export type HintData = Pick<Hint, 'jobId' | 'generation'>;

export interface BullEvents {
  on(event: 'error', listener: (error: Error) => void): unknown;
  getBackend(): { on(event: 'ready', listener: () => void): unknown };
}

export interface BullWorker extends BullEvents {
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'failed', listener: (job: Job<HintData> | undefined, error: Error) => void): unknown;
  pause(doNotWaitActive: boolean): Promise<void>;
  close(force: boolean): Promise<void>;
}

export const queueName = 'runs';
/** Adding takes a few milliseconds; a queue that needs longer than this counts as away. */
export const commandTimeoutMs = 1500;

/** A worker killed between taking a hint and claiming its row gives the hint up after lockDuration + stalledInterval. */
export const workerSettings = {
  lockDuration: 5000,
  stalledInterval: 2500,
  maxStalledCount: 1_000_000, // attempts are counted in our rows; BullMQ's count is never reset
  runRetryDelay: 1000,
};
export type WorkerSettings = typeof workerSettings & { concurrency: number };

/** Logs errors, and while a connection is retried the same error once. */
export function logErrors(source: BullEvents, { log, what }: { log: QueueLog | undefined; what: string }): void {
  let last: string | undefined;
  source.on('error', (error: Error) => {
    if (error.message !== last) log?.warn({ err: error }, what);
    last = error.message;
  });
  source.getBackend().on('ready', () => {
    last = undefined;
  });
}
