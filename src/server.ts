/**
 * The API's process: opens what the services stand on, listens, and closes in the reverse order when it is told to, by a
 * signal or by the end of its supervisor. It says where it listens by an IPC message, { type: 'ready', url }.
 */
import closeWithGrace from 'close-with-grace';
import { pino } from 'pino';
import { buildApp } from './app.js';
import { openArtifacts } from './artifacts/index.js';
import { requireSameStore } from './artifacts/same-store.js';
import { type Config, loadConfig } from './config.js';
import { asksForKeys } from './plugins/keys.js';
import { isLoopback } from './plugins/loopback-only.js';
import { openQueue } from './queue/index.js';
import { startReconciler } from './queue/reconciler.js';
import { createPredictionHost } from './run/prediction-host.js';
import { advanceSweeps } from './services/advance-sweep.js';
import { removeStaleUploads } from './services/datasets.js';
import { createServices } from './services/index.js';
import { createPlanner } from './services/planner.js';
import { openDatabase } from './store/database.js';
import { createEventListener } from './store/event-listener.js';
import { startDelivering } from './webhooks/deliver.js';

/** Starts the API of a migrated database; resolves when it listens. */
async function startServer(config: Config & { databaseUrl: string }) {
  const log = pino({ name: 'api', level: config.logLevel });
  const { databaseUrl, namespace } = config;
  const database = openDatabase({ url: databaseUrl, schema: namespace, log });
  const { db } = database;
  const artifacts = await openArtifacts(config);
  await requireSameStore(db, artifacts);
  await removeStaleUploads(config);
  const queue = await openQueue({ redisUrl: config.redisUrl, databaseUrl, schema: namespace, prefix: namespace, log });
  const planned = createPlanner({ db, artifacts, config });
  const advance = () => advanceSweeps({ db, planned, log });
  const reconciler = startReconciler({ db, queue, leaseSeconds: config.leaseSeconds, advance, log });
  const predictions = createPredictionHost({ config, log });
  const eventListener = createEventListener({ url: databaseUrl, log });
  const deliveries = startDelivering({ db, config, log });
  const services = createServices({ db, artifacts, queue, predictions, eventListener, config, log });
  const app = buildApp({ config, services, log });
  const url = await app.listen({ host: config.host, port: config.port });
  if (!isLoopback(config.host) && !asksForKeys(config))
    log.warn({ host: config.host }, 'anyone who reaches this address may use it: KEYS is none');

  async function close(): Promise<void> {
    await app.close(); // requests under way are answered first
    await services.recording.flush();
    await Promise.all([predictions.close(), reconciler.close(), deliveries.close(), eventListener.close()]);
    await queue.close();
    await database.close();
  }
  return { url, log, close };
}

const config = loadConfig();
const { databaseUrl } = config;
if (databaseUrl === undefined)
  throw new Error('DATABASE_URL: the API needs one; `npm start` embeds a database and sets it');
const server = await startServer({ ...config, databaseUrl });
const closing = closeWithGrace({ delay: config.shutdownSeconds * 1000, logger: console }, async ({ err, signal }) => {
  if (err) server.log.fatal({ err }, 'closing after an error');
  else server.log.info({ signal }, 'closing');
  await server.close();
});
process.once('disconnect', () => closing.close()); // the supervisor is gone
process.send?.({ type: 'ready', url: server.url });
