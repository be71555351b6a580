/** The API while its database is away. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pino } from 'pino';
import { buildApp } from '../../src/app.js';
import { openArtifacts } from '../../src/artifacts/index.js';
import { loadConfig } from '../../src/config.js';
import { openQueue } from '../../src/queue/index.js';
import { createPredictionHost } from '../../src/run/prediction-host.js';
import { createServices } from '../../src/services/index.js';
import { openDatabase } from '../../src/store/database.js';
import { createEventListener } from '../../src/store/event-listener.js';
import type { Problem } from '../routes/problem-body.js';

test('without its database every route that needs it is 503 with Retry-After, and the process still lives', async () => {
  const nowhere = { DATABASE_URL: 'postgres://127.0.0.1:1/none', REDIS_URL: 'redis://127.0.0.1:1' };
  const config = loadConfig({ ...nowhere, DATA_DIR: '/nonexistent', LOG_LEVEL: 'silent' });
  const log = pino({ level: 'silent' });
  const url = nowhere.DATABASE_URL;
  const database = openDatabase({ url, schema: 'none' });
  const queue = await openQueue({ redisUrl: nowhere.REDIS_URL, databaseUrl: url, schema: 'none', prefix: 'none', log });
  const predictions = createPredictionHost({ config, log });
  const artifacts = await openArtifacts(config);
  const parts = {
    db: database.db,
    artifacts,
    queue,
    predictions,
    eventListener: createEventListener({ url }),
    config,
    log,
  };
  const app = buildApp({ config, services: createServices(parts), log });

  for (const path of ['/readyz', '/v1/jobs', '/v1/datasets', `/v1/models/mdl_${'0'.repeat(26)}`]) {
    const response = await app.inject(path);
    assert.deepEqual([response.statusCode, response.json<Problem>().code], [503, 'unavailable'], path);
    assert.ok(Number(response.headers['retry-after']) > 0, path);
  }
  assert.equal((await app.inject('/healthz')).statusCode, 200);
  await app.close();
  await Promise.all([queue.close(), predictions.close(), database.close()]);
});
