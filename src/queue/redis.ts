/**
 * BullMQ on Redis. Adding a hint never waits for a Redis that is away: no offline queue, no waiting for readiness, and a
 * limit for a command that gets no answer. The worker, which has nothing else to do, waits.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Queue, Worker } from 'bullmq';
import {
  commandTimeoutMs,
  type HintData,
  logErrors,
  type QueueBackend,
  type QueueOptions,
  queueName,
} from './backend.js';

/** BullMQ's own delay grows to 20 s: too long for jobs that wait while Redis is back already. */
const retryStrategy = (attempt: number): number => Math.min(attempt * 50, 1000);

/** Resolves when Redis has answered, or has not for a while: it may come later. */
export async function openRedisQueue({
  redisUrl,
  prefix,
  log,
}: QueueOptions & { redisUrl: string }): Promise<QueueBackend> {
  const queue = new Queue<HintData>(queueName, {
    prefix,
    skipWaitingForReady: true,
    skipVersionCheck: true, // it would be asked, in vain, of a Redis that is away
    connection: {
      url: redisUrl,
      retryStrategy,
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      connectTimeout: commandTimeoutMs,
      commandTimeout: commandTimeoutMs,
    },
  });
  logErrors(queue, { log, what: 'queue' });
  const ready = new Promise<void>((resolve) => void queue.getBackend().once('ready', resolve));
  const patience = new AbortController();
  await Promise.race([ready, sleep(commandTimeoutMs, undefined, patience)]);
  patience.abort();
  return {
    queue,
    // Not queue.close(): it sends QUIT, which fails on a Redis that is away and leaves the client reconnecting.
    closeQueue: () => queue.getBackend().close(true),
    startWorker: (process, settings) =>
      new Worker<HintData>(queueName, process, {
        prefix,
        connection: { url: redisUrl, retryStrategy, maxRetriesPerRequest: null },
        ...settings,
      }),
  };
}
