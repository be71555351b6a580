/** BullMQ on the PostgreSQL that holds the rows too, in a schema of its own: nothing else to install. */
import { createPostgresBackend, withBackend } from 'bullmq';
import {
  commandTimeoutMs,
  type HintData,
  logErrors,
  type QueueBackend,
  type QueueOptions,
  queueName,
} from './backend.js';

const { Queue, Worker } = withBackend(createPostgresBackend);

/** Makes or updates BullMQ's tables. Rejects where the database is away. */
export async function openPostgresQueue({ databaseUrl, schema, log }: QueueOptions): Promise<QueueBackend> {
  const connection = {
    connectionString: databaseUrl,
    schema: `${schema}_queue`,
    migrate: true,
    max: 4,
    connectionTimeoutMillis: commandTimeoutMs,
  };
  const queue = new Queue<HintData>(queueName, { connection });
  logErrors(queue, { log, what: 'queue' });
  await queue.waitUntilReady();
  return {
    queue,
    closeQueue: () => queue.close(),
    startWorker: (process, settings) =>
      new Worker<HintData>(queueName, process, { connection: { ...connection, migrate: false }, ...settings }),
  };
}
