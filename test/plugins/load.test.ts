/** Shedding of load. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fastify from 'fastify';
import errors from '../../src/plugins/errors.js';
import load, { evenUnderLoad } from '../../src/plugins/load.js';
import type { Problem } from '../routes/problem-body.js';
import { startApi } from '../routes/support.js';

test('above the lag that is allowed requests are 503 with Retry-After, but for routes that answer even so', async () => {
  const app = fastify();
  await app.register(errors);
  await app.register(load, { maxEventLoopDelay: 1e-9 }); // any lag at all is too much
  app.get('/', async () => 'fine');
  app.get('/alive', { config: evenUnderLoad }, async () => 'fine');
  let response = await app.inject('/');
  while (response.statusCode === 200) {
    await new Promise((resolve) => setTimeout(resolve, 10)); // lag is sampled once a second
    response = await app.inject('/');
  }
  assert.equal(response.statusCode, 503);
  assert.ok(Number(response.headers['retry-after']) > 0);
  assert.deepEqual([response.json<Problem>().code, response.json<Problem>().retryable], ['unavailable', true]);
  assert.equal((await app.inject('/alive')).statusCode, 200);
  await app.close();
});

test('health and readiness are told even while load is shed', async () => {
  const { app, inject } = await startApi();
  const shed = async () => (await app.inject({ url: '/v1/jobs' })).body.includes('The server is overloaded');
  while (!(await shed())) {
    for (const end = performance.now() + 2500; performance.now() < end; ); // longer than the mean lag that is allowed
    await new Promise(setImmediate);
  }
  for (const url of ['/healthz', '/readyz']) assert.equal((await app.inject({ url })).statusCode, 200, url);
  assert.equal((await inject({ url: '/v1/jobs' })).statusCode, 200, 'once it is over');
});
