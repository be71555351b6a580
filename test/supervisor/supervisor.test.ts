/**
 * The whole process tree, as `npm start` runs it: what dies comes back, what is stopped is gone, and no accepted work is
 * lost on the way. Process ids are read from the service's own log.
 */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { call } from '../support/call.js';
import { postgresPid, Service } from '../support/service.js';

/** A data directory whose services stop, PostgreSQL included, before it goes. */
async function temporaryService(t: TestContext): Promise<{ dataDir: string; start(env?: NodeJS.ProcessEnv): Service }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'trainyard-supervisor-'));
  const services: Service[] = [];
  t.after(async () => {
    for (const service of services) await service.stop();
    await rm(dataDir, { recursive: true });
  });
  return {
    dataDir,
    start(environment) {
      const service = new Service(dataDir, environment);
      services.push(service);
      return service;
    },
  };
}

interface Job {
  id: string;
  state: string;
  transitions: { to: string; actor: string }[];
}

/** The answer once there is an API and a database behind it again. */
async function callWhenUp<T>(url: string): Promise<T> {
  for (const deadline = Date.now() + 60_000; ; ) {
    try {
      return await call<T>(url);
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(50);
    }
  }
}

/** A job that would run for hours. */
async function submitLongJob(url: string): Promise<string> {
  const rows = Array.from({ length: 200 }, (_, row) => `${row % 17},${row % 5},${row % 3 === 0 ? 'yes' : 'no'}`);
  const form = new FormData();
  form.append('file', new Blob([`a,b,answer\n${rows.join('\n')}\n`], { type: 'text/csv' }), 'rows.csv');
  const dataset = await call<{ id: string }>(`${url}/v1/datasets`, { method: 'POST', body: form });
  const job = await call<Job>(`${url}/v1/jobs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      dataset: { id: dataset.id, target: 'answer' },
      model: { type: 'mlp', hidden: [64] },
      training: { epochs: 1_000_000 },
      earlyStopping: { type: 'none' },
    }),
  });
  return job.id;
}

/** The job, as soon as it meets `condition`. */
async function jobOnce(url: string, condition: (job: Job) => boolean): Promise<Job> {
  for (const deadline = Date.now() + 60_000; ; ) {
    const job = await call<Job>(url);
    if (condition(job)) return job;
    assert.ok(Date.now() < deadline, `still ${JSON.stringify(job)}`);
    await sleep(50);
  }
}

test('it serves until SIGTERM, then ends with 0 and leaves no process', async (t) => {
  const { dataDir, start } = await temporaryService(t);
  const service = start();
  const { url } = await service.api();
  assert.equal((await fetch(`${url}/healthz`)).status, 200);
  const postgres = await postgresPid(dataDir);
  assert.equal(await service.stop(), 0, service.describe());
  assert.match(service.errors, new RegExp(`Trainyard is ready at ${url}`));
  assert.throws(() => process.kill(postgres, 0), { code: 'ESRCH' });
});

test('a second one on the same data directory ends with 1, names the first, and leaves it alone', async (t) => {
  const { start } = await temporaryService(t);
  const first = start();
  const { url } = await first.api();
  const second = start();
  const refusal = await second.logged('supervisor', 'could not start');
  assert.match(JSON.stringify(refusal), new RegExp(`in use by process ${first.process.pid}`));
  await second.gone;
  assert.equal(second.process.exitCode, 1);
  assert.equal((await fetch(`${url}/readyz`)).status, 200);
});

test('a bad setting ends it with 1 before anything starts, naming the key', async (t) => {
  const { dataDir, start } = await temporaryService(t);
  const service = start({ CONSUMERS: 'many' });
  await service.gone;
  assert.equal(service.process.exitCode, 1);
  assert.match(service.errors, /^CONSUMERS: expected .* got "many"/);
  await assert.rejects(postgresPid(dataDir), { code: 'ENOENT' });
});

test('an API killed with -9 comes back at the same URL, and so does PostgreSQL with every row', async (t) => {
  const { dataDir, start } = await temporaryService(t);
  const service = start({ CONSUMERS: '0' });
  const { url, pid } = await service.api();
  const job = await submitLongJob(url);

  process.kill(pid, 'SIGKILL');
  assert.equal((await service.api(2)).url, url);
  assert.equal((await callWhenUp<Job>(`${url}/v1/jobs/${job}`)).state, 'queued');

  process.kill(await postgresPid(dataDir), 'SIGKILL');
  await service.logged('supervisor', 'PostgreSQL is ready', 2);
  assert.equal((await callWhenUp<Job>(`${url}/v1/jobs/${job}`)).state, 'queued');
});

test('the run of a consumer killed with -9 is released at once, long before its lease ends, and runs again', async (t) => {
  const { start } = await temporaryService(t);
  const service = start({ LEASE_SECONDS: '3600' });
  const { url } = await service.api();
  const jobUrl = `${url}/v1/jobs/${await submitLongJob(url)}`;
  await jobOnce(jobUrl, ({ state }) => state === 'running');
  const first = await service.logged('consumer', 'consumer started');
  process.kill(first.pid, 'SIGKILL');

  const second = await service.logged('consumer', 'consumer started', 2);
  assert.notEqual(second.consumerId, first.consumerId);
  const { transitions } = await jobOnce(jobUrl, (job) => {
    const runs = job.transitions.filter(({ to }) => to === 'running');
    return runs.length === 2;
  });
  assert.ok(transitions.some(({ to, actor }) => to === 'queued' && actor === 'supervisor'));
  await call(`${jobUrl}/cancel`, { method: 'POST' });
});

test('after kill -9 of the supervisor its children end, and the next one takes PostgreSQL over with every row', async (t) => {
  const { dataDir, start } = await temporaryService(t);
  const first = start();
  const { url } = await first.api();
  await first.logged('consumer', 'consumer started');
  const job = await submitLongJob(url);
  const postgres = await postgresPid(dataDir);
  first.process.kill('SIGKILL');
  await first.gone;
  await assert.rejects(fetch(url));

  const second = start({ CONSUMERS: '0' });
  const { url: nextUrl } = await second.api();
  assert.equal(await postgresPid(dataDir), postgres);
  assert.equal((await call<Job>(`${nextUrl}/v1/jobs/${job}`)).id, job);
});
