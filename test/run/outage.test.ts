/** A database that goes away in the middle of a run. */
import assert from 'node:assert/strict';
import { after, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { listCheckpoints } from '../../src/store/checkpoints.js';
import { openDatabase } from '../../src/store/database.js';
import { getJob } from '../../src/store/jobs.js';
import { readMetrics } from '../../src/store/metrics.js';
import { migrate } from '../../src/store/migrate.js';
import { type EmbeddedPostgres, startPostgres } from '../../src/supervisor/embedded-postgres.js';
import { temporaryFolder, tenantId, Yard } from './fixtures.js';

const schema = 'outage';
let server: EmbeddedPostgres | undefined;
after(() => server?.stop());

it('a database that restarts on its port during a run costs the run neither its attempt nor a step', async () => {
  const dataDir = await temporaryFolder();
  const log = pino({ level: 'silent' });
  server = await startPostgres({ dataDir, log });
  const { url } = server;
  await migrate(url, schema);
  const { db, close } = openDatabase({ url, schema });
  const yard = await Yard.open({ db, url, schema }, { LEASE_SECONDS: '60', LOG_LEVEL: 'fatal' });
  const jobId = await yard.submit(await yard.addExample('mpg'), 'mpg', {
    model: { type: 'mlp', hidden: [128, 128] },
    training: { epochs: 1200 },
    earlyStopping: { type: 'none' },
    checkpoints: { everyEpochs: 20, minSeconds: 0 },
    logging: { everySteps: 1 },
  });
  yard.startConsumer('patient');
  const checkpoints = async () => (await listCheckpoints(db, { tenantId, jobId, limit: 1 })).items;
  while ((await checkpoints()).length === 0) await sleep(20);

  await server.stop();
  server = await startPostgres({ dataDir, log, port: Number(new URL(url).port) });
  let job = await getJob(db, { tenantId, id: jobId });
  while (job && job.finishedAt === null) {
    await sleep(50);
    job = await getJob(db, { tenantId, id: jobId });
  }
  assert.deepEqual([job?.state, job?.attempt], ['succeeded', 1]);
  const [loss] = await readMetrics(db, { tenantId, jobId, names: ['train.loss'] });
  const total = job?.progress?.totalSteps ?? 0;
  assert.deepEqual(
    loss?.steps,
    Array.from({ length: total }, (_, index) => index + 1),
  );
  await close();
});
