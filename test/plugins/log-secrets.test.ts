/** Secrets never come into the log, at any level: keys in headers, cookies and bodies, and what signs webhooks. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { InjectOptions } from 'fastify';
import { pino } from 'pino';
import { buildApp } from '../../src/app.js';
import type { NewKey } from '../../src/schemas/key.js';
import type { NewWebhook } from '../../src/schemas/webhook.js';
import { createServices } from '../../src/services/index.js';
import { startDelivering } from '../../src/webhooks/deliver.js';
import { startApi, type TestApi } from '../routes/support.js';
import { closeAtEnd } from '../support/database.js';

let api: TestApi;
let logged = '';
let ask: (options: InjectOptions) => Promise<string>;

before(async () => {
  api = await startApi({ KEYS: 'required' });
  const write = (line: string) => {
    logged += line;
  };
  const log = pino({ level: 'trace' }, { write });
  const parts = { ...api.parts, log };
  const app = buildApp({ config: api.config, services: createServices(parts), log });
  const delivering = startDelivering({ db: api.db, config: api.config, log, intervalMs: 10 });
  closeAtEnd(async () => {
    await delivering.close();
    await app.close();
  });
  ask = async (options) => (await app.inject(options)).body;
});

test('requests that carry, make or get secrets wrong leave a line each, without them', async () => {
  const { keys } = createServices(api.parts);
  const { key } = await keys.create({ tenantId: 'a', name: 'a', scope: 'admin' });
  const authorization = `Bearer ${key}`;
  const wrong = `ty_${'w'.repeat(43)}`;
  const made = JSON.parse(
    await ask({ method: 'POST', url: '/v1/keys', headers: { authorization }, payload: { name: 'b', scope: 'read' } }),
  ) as NewKey;
  const payload = { url: 'https://hooks.example' };
  const webhook = JSON.parse(
    await ask({ method: 'POST', url: '/v1/webhooks', headers: { authorization }, payload }),
  ) as NewWebhook;
  await ask({ method: 'POST', url: `/v1/webhooks/${webhook.id}/test`, headers: { authorization } });
  await ask({ url: '/v1/jobs', headers: { cookie: `trainyard_key=${made.key}` } });
  await ask({ url: '/v1/jobs', headers: { authorization: `Bearer ${wrong}` } });
  await ask({ method: 'POST', url: '/v1/session', payload: { key } });
  await ask({
    method: 'POST',
    url: '/v1/session',
    payload: `{"key":"${key}"`,
    headers: { 'content-type': 'application/json' },
  });
  for (let tried = false; !tried; ) {
    const { log } = await api.db.selectFrom('webhookDeliveries').selectAll().executeTakeFirstOrThrow();
    tried = log.length > 0;
  }

  assert.ok(logged.split('\n').filter((line) => line.includes('"reqId"')).length >= 7, logged);
  assert.ok(key.startsWith('ty_') && webhook.secret.startsWith('whsec_'));
  for (const secret of [key, made.key, wrong, webhook.secret]) assert.ok(!logged.includes(secret.slice(10)), logged);
});
