/** What GET /metrics says of requests, jobs, queue, consumers and checkpoints, and that the dashboard's panels ask for that. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { projectRoot } from '../../src/paths.js';
import { registerConsumer } from '../../src/store/consumers.js';
import { specOf, startApi, submit, type TestApi, uploadPenguins } from '../routes/support.js';
import { consumerOf } from '../run/support.js';

let api: TestApi;
before(async () => {
  api = await startApi();
});

/** Value by series: `name{label="value"}`. */
async function scrape(): Promise<Map<string, number>> {
  const response = await api.inject({ url: '/metrics' });
  assert.equal(response.statusCode, 200, response.body);
  const lines = response.body.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]),
  );
}

test('tells open jobs, the age of the queue, runs against cores, and how long checkpoints took', async () => {
  const empty = await scrape();
  assert.equal(empty.get('trainyard_jobs{state="queued"}'), 0);
  assert.ok(Number.isNaN(empty.get('trainyard_checkpoint_seconds{quantile="0.5"}')));

  const dataset = await uploadPenguins(api);
  const ended = await submit(api, specOf(dataset, { training: { epochs: 1 } }));
  await (await consumerOf(api.parts)).run({ jobId: ended.id, generation: 1 });
  const [waiting, held] = [await submit(api, specOf(dataset)), await submit(api, specOf(dataset))];
  const minuteAgo = new Date(Date.now() - 60_000).toISOString();
  await api.db
    .updateTable('jobs')
    .set({ transitions: JSON.stringify([{ at: minuteAgo }]) })
    .where('id', '=', waiting.id)
    .execute();
  const progress = JSON.stringify({ stepsPerSecond: 42 });
  await api.db.updateTable('jobs').set({ state: 'running', progress }).where('id', '=', held.id).execute();
  const machine = { host: 'here', pid: 1, cores: 4, freeBytes: 1, gflops: 1, fingerprint: 'f' };
  await registerConsumer(api.db, { id: 'one', ...machine });

  const seen = await scrape();
  const value = (name: string) => seen.get(`trainyard_${name}`)!;
  assert.deepEqual([value('jobs{state="queued"}'), value('jobs{state="running"}')], [1, 1]);
  assert.ok(value('queue_age_seconds') >= 60 && value('queue_age_seconds') < 120);
  assert.deepEqual([value('steps_per_second'), value('consumers'), value('utilisation')], [42, 1, 0.25]);
  assert.ok(value('checkpoint_seconds{quantile="0.5"}') > 0);
});

test('counts requests by route and status, and never by the path that came', async () => {
  for (const url of ['/v1/jobs/job_00000000000000000000000000', '/no/such/path', '/healthz']) await api.inject({ url });
  const counts = [...(await scrape()).keys()].filter((name) => name.startsWith('http_request_duration_seconds_count'));
  const has = (route: string, status: number) =>
    counts.some((name) => name.includes(`route="${route}",status="${status}"`));
  assert.ok(has('/v1/jobs/:id', 404) && has('none', 404) && has('/healthz', 200), counts.join('\n'));
});

test('wants a key of scope admin where keys are asked for', async () => {
  const guarded = await startApi({ KEYS: 'required' });
  assert.equal((await guarded.inject({ url: '/metrics' })).statusCode, 401);
});

test('every panel of deploy/grafana.json asks for series that are there', async () => {
  const dashboard = JSON.parse(await readFile(join(projectRoot, 'deploy/grafana.json'), 'utf8')) as {
    panels: { targets: { expr: string }[] }[];
  };
  const names = new Set([...(await scrape()).keys()].map((series) => series.replace(/\{.*/, '')));
  const asked = dashboard.panels.flatMap(({ targets }) =>
    targets.flatMap(({ expr }) => expr.match(/\b(trainyard|http|nodejs)_\w+/g) ?? []),
  );
  assert.ok(asked.length >= dashboard.panels.length);
  for (const name of asked) assert.ok(names.has(name), name);
});
