/**
 * Process: takes hints from the queue and runs their jobs on threads; the only writer of what runs leave behind. On
 * SIGTERM, SIGINT or the end of its parent it takes no more, lets every run write a checkpoint and go back to the queue,
 * and ends. With a job's id and generation as arguments it runs that one job and ends: how suspects are kept apart.
 */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { openArtifacts } from '../src/artifacts/index.js';
import { requireSameStore } from '../src/artifacts/same-store.js';
import { loadConfig } from '../src/config.js';
import { chooseKernels } from '../src/engine/index.js';
import { openQueue } from '../src/queue/index.js';
import { startReconciler } from '../src/queue/reconciler.js';
import { Consumer } from '../src/run/consumer.js';
import { describeMachine } from '../src/run/machine.js';
import { threadBytes } from '../src/run/memory-budget.js';
import { advanceSweeps } from '../src/services/advance-sweep.js';
import { createPlanner } from '../src/services/planner.js';
import { heartbeatConsumer, registerConsumer, removeConsumer } from '../src/store/consumers.js';
import { openDatabase } from '../src/store/database.js';

const config = loadConfig();
const { databaseUrl, redisUrl, namespace, consumerConcurrency, heartbeatSeconds, leaseSeconds, shutdownSeconds } =
  config;
if (databaseUrl === undefined) throw new Error('DATABASE_URL: expected the URL of the database, got nothing');
const id = config.consumerId ?? `consumer-${randomUUID()}`;
const log = pino({ name: 'consumer', level: config.logLevel }).child({ consumerId: id });
const [onlyJob, onlyGeneration] = process.argv.slice(2);

const stopRequested = Promise.race(['SIGTERM', 'SIGINT', 'disconnect'].map((event) => once(process, event)));

const { db, close } = openDatabase({
  url: databaseUrl,
  schema: namespace,
  maxConnections: consumerConcurrency + 4,
  log,
});
const artifacts = await openArtifacts(config);
await requireSameStore(db, artifacts);
const kernels = chooseKernels(config.kernels);
const machine = await describeMachine(kernels.factory);
const freeBytes = machine.freeBytes - threadBytes; // the most that one job's plan may take
await registerConsumer(db, { id, ...machine, freeBytes });
log.info({ ...machine, kernels: kernels.reason }, 'consumer started');

let isStuck = false;

const { fingerprint } = machine;
const entry = fileURLToPath(import.meta.url);
const consumer = new Consumer({
  id,
  db,
  artifacts,
  config,
  fingerprint,
  memoryBytes: machine.freeBytes,
  suspectEntry: entry,
  log,
  onStuckThread() {
    log.error('a killed thread does not end: the other runs go back to the queue, and this process ends');
    isStuck = true;
    process.kill(process.pid, 'SIGTERM');
  },
});
const heartbeats = setInterval(() => {
  // What it has to offer is its capacity: a job that must wait for another's end is not one that does not fit.
  heartbeatConsumer(db, { id, freeBytes }).catch((err: unknown) => log.warn({ err }, 'no heartbeat'));
}, heartbeatSeconds * 1000);

void stopRequested.then(() => {
  log.info('shutting down');
  consumer.stop();
  setTimeout(() => {
    log.error('runs did not end in time: their leases will expire');
    endAtOnce();
  }, shutdownSeconds * 1000).unref();
});

if (onlyJob === undefined) await serve();
else await consumer.run({ jobId: onlyJob, generation: Number(onlyGeneration) });

clearInterval(heartbeats);
await removeConsumer(db, id);
await close();
if (isStuck) endAtOnce();
process.exit(0); // a queue that is away may hold on to a socket

/** process.exit waits for the threads, and so for ever for one that is in native code and does not return. */
function endAtOnce(): void {
  process.kill(process.pid, 'SIGKILL');
}

/** Works until asked to stop, and until what was at work then has ended. */
async function serve(): Promise<void> {
  const queue = await openQueue({ redisUrl, databaseUrl: databaseUrl!, schema: namespace, prefix: namespace, log });
  const worker = queue.startWorker((hint) => consumer.handle(hint), { concurrency: consumerConcurrency });
  const planned = createPlanner({ db, artifacts, config });
  const advance = () => advanceSweeps({ db, planned, log });
  const reconciler = startReconciler({ db, queue, leaseSeconds, advance, log });
  await stopRequested;
  await Promise.all([worker.close(), reconciler.close()]);
  await queue.close();
}
