/** The whole service under a burst, over HTTP: supervisor, API, two consumers, the embedded PostgreSQL. */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { loadConfig } from '../src/config.js';
import { projectRoot } from '../src/paths.js';
import type { Dataset } from '../src/schemas/dataset.js';
import type { Job } from '../src/schemas/job.js';
import { Supervisor } from '../src/supervisor/supervisor.js';
import { call } from './support/call.js';

const jobCount = 200;
const pageSize = 200;

test('200 jobs posted at once all succeed, each run once, and two consumers share them', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'trainyard-burst-'));
  const env = { PORT: '0', DATA_DIR: folder, CONSUMERS: '2', CONSUMER_CONCURRENCY: '1', LOG_LEVEL: 'error' };
  const config = loadConfig(env);
  const supervisor = new Supervisor(config, pino({ level: config.logLevel }));
  t.after(async () => {
    await supervisor.stop();
    await rm(folder, { recursive: true, force: true });
  });
  const api = await supervisor.start();

  const form = new FormData();
  const csv = await readFile(join(projectRoot, 'examples/data/penguins.csv'));
  form.set('file', new Blob([csv], { type: 'text/csv' }), 'penguins.csv');
  const dataset = await call<Dataset>(`${api}/v1/datasets`, { method: 'POST', body: form });
  const body = JSON.stringify({
    dataset: { id: dataset.id, target: 'species' },
    model: { type: 'mlp', hidden: [8] },
    training: { epochs: 1 },
  });
  const post = () =>
    call<Job>(`${api}/v1/jobs`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const posted = await Promise.all(Array.from({ length: jobCount }, post));

  const isOver = ({ state }: Job) => state === 'succeeded' || state === 'failed';
  let jobs: Job[] = [];
  do {
    await sleep(200); // between polls: nothing to await stands behind HTTP
    jobs = (await call<{ items: Job[] }>(`${api}/v1/jobs?limit=${pageSize}`)).items;
  } while (!jobs.every(isOver));

  assert.deepEqual(jobs.map(({ id }) => id).sort(), posted.map(({ id }) => id).sort());
  const runs = jobs.flatMap(({ transitions }) => transitions.filter(({ to }) => to === 'running'));
  assert.deepEqual([...new Set(jobs.map(({ state }) => state))], ['succeeded']);
  assert.equal(runs.length, jobCount, 'one run a job');
  assert.equal(new Set(runs.map(({ actor }) => actor)).size, 2, 'consumers that took jobs');
});
