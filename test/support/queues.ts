/** Both backends of the queue, each with a database of its own: PostgreSQL, and Redis where it is installed. */
import type { TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { pino } from 'pino';
import {
  type HintHandler,
  openQueue,
  type QueueOptions,
  type TrainingQueue,
  type WorkerHandle,
} from '../../src/queue/index.js';
import type { Db } from '../../src/store/database.js';
import { closeAtEnd, freshDatabase } from './database.js';
import { redisIsInstalled, TestRedis } from './redis.js';

export interface TestQueue {
  db: Db;
  options: QueueOptions;
  queue: TrainingQueue;
  /** Loses everything the queue knows. */
  wipe(): Promise<void>;
  redis?: TestRedis;
}

export const queueBackends: { name: string; open(): Promise<TestQueue> }[] = [
  { name: 'PostgreSQL', open: openOnPostgres },
  ...(redisIsInstalled ? [{ name: 'Redis', open: openOnRedis }] : []),
];

async function openOnPostgres(): Promise<TestQueue> {
  const { url, schema, db } = await freshDatabase();
  const options = { databaseUrl: url, schema, prefix: schema, log: pino({ level: 'silent' }) };
  const queue = await openQueue(options);
  closeAtEnd(() => queue.close());
  const wipe = async () => void (await sql`delete from ${sql.table(`${schema}_queue.job`)}`.execute(db));
  return { db, options, queue, wipe };
}

/** Each with a Redis of its own, which the test may kill. */
async function openOnRedis(): Promise<TestQueue> {
  const { url, schema, db } = await freshDatabase();
  const redis = await TestRedis.start();
  const options = {
    ...{ databaseUrl: url, schema, prefix: schema, redisUrl: redis.url },
    log: pino({ level: 'silent' }),
  };
  closeAtEnd(() => redis.kill());
  const queue = await openQueue(options);
  closeAtEnd(() => queue.close());
  while (!(await queue.reachable())) await sleep(20); // on a machine so busy that the first connection takes seconds
  const wipe = async () => {
    await redis.kill();
    await redis.start();
  };
  return { db, options, queue, wipe, redis };
}

/** A worker that is closed with the test at the latest. */
export function startWorker(
  t: TestContext,
  { queue, handler, concurrency = 1 }: { queue: TrainingQueue; handler: HintHandler; concurrency?: number },
): WorkerHandle {
  const worker = queue.startWorker(handler, { concurrency });
  t.after(() => worker.close());
  return worker;
}
