/** Drift over HTTP: rows like those of the training, and rows that are not; several APIs, restarts, and recording that is off. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Drift } from '../../src/schemas/drift.js';
import type { Job } from '../../src/schemas/job.js';
import { createServices } from '../../src/services/index.js';
import type { Problem } from './problem-body.js';
import { exampleLines, learnt, rowsOf } from './split-tables.js';
import { csv, startApi, type TestApi } from './support.js';
import { ask, upload } from './training.js';

let api: TestApi;
let job: Job;
let rows: Record<string, string | number | null>[];

before(async () => {
  api = await startApi();
  const lines = await exampleLines('penguins');
  job = await learnt(api, lines, 'species');
  rows = (['train', 'validation', 'test'] as const).flatMap((part) => rowsOf(lines, part));
});

const driftSince = (since?: string) =>
  api.inject({ url: `/v1/models/${job.result!.modelId}/drift${since ? `?since=${since}` : ''}` });
async function measured(since?: string): Promise<Drift> {
  const response = await driftSince(since);
  assert.equal(response.statusCode, 200, response.body);
  return response.json<Drift>();
}
/** By another API, whose minute is over then. */
async function predict(asked: Record<string, unknown>[]): Promise<void> {
  const others = createServices(api.parts);
  await others.models.predict({ tenantId: 'local', id: job.result!.modelId, rows: asked });
  await others.recording.flush();
}
/** Every third row, from `first` on: 114 of them. */
const third = (first: number) => rows.filter((_, row) => row % 3 === first);
const moved = (row: (typeof rows)[number]) => ({ ...row, flipper_length_mm: 260, island: 'Elba', sex: null });
const isDrifting = ({ features }: Drift) =>
  features
    .filter(({ drifts }) => drifts)
    .map(({ name }) => name)
    .sort();

let changedAt: string;

test('rows like those of the training are stable once there are enough, and none is counted twice', async () => {
  assert.equal((await ask(api, job, 'predict', { rows: third(0) })).statusCode, 200);
  const few = await measured();
  assert.deepEqual([few.verdict, few.fork], ['tooFewRows', null]);
  assert.deepEqual([few.rows.predicted, few.rows.sampled], [third(0).length, 100]);
  await predict(third(1));
  const drift = await measured();
  assert.deepEqual([drift.rows.predicted, drift.rows.sampled], [third(0).length + third(1).length, 200]);
  assert.deepEqual([drift.verdict, isDrifting(drift), drift.fork], ['stable', [], null], JSON.stringify(drift));
  assert.deepEqual(
    drift.features.map(({ name }) => name).sort(),
    Object.keys(rows[0]!)
      .filter((name) => name !== 'species')
      .sort(),
  );
  for (const { ks, psi, type } of drift.features) assert.ok(psi! < 0.25 && (type === 'number') === (ks !== null));
});

test('rows that moved drift in the features that did, and the fork trains on a newer dataset with the columns', async () => {
  const { now } = await api.db
    .selectNoFrom(({ fn }) => fn<Date>('clock_timestamp').as('now'))
    .executeTakeFirstOrThrow();
  changedAt = now.toISOString();
  for (const first of [0, 1, 2]) await predict(third(first).map(moved));
  const drift = await measured(changedAt);
  assert.equal(drift.verdict, 'drift');
  const [flipper, island, sex, mass] = ['flipper_length_mm', 'island', 'sex', 'body_mass_g'].map(
    (wanted) => drift.features.find(({ name }) => name === wanted)!,
  );
  assert.ok(flipper!.drifts && flipper!.psi! > 1 && flipper!.ks === 1, JSON.stringify(flipper));
  assert.deepEqual([island!.drifts, island!.unseen], [true, { share: 1, values: ['Elba'] }]);
  assert.ok(sex!.drifts && sex!.missing.predicted === 1 && sex!.missing.training < 0.1);
  assert.equal(mass!.drifts, false, JSON.stringify(mass));
  assert.deepEqual([drift.fork?.jobId, drift.fork?.datasetId], [job.id, null]);

  const [header = '', ...lines] = await exampleLines('penguins');
  const parted = [`${header},part`, ...lines.map((line, row) => `${line},${row % 5 === 0 ? 'test' : 'train'}`)];
  const newer = await upload(api, csv(parted.join('\n'), 'newer.csv'));
  await upload(api, csv('a,b\n1,2\n3,4', 'other.csv'));
  const { fork } = await measured(changedAt);
  assert.equal(fork?.datasetId, newer.id);
  const forked = await api.inject({ method: 'POST', url: `/v1/jobs/${fork.jobId}/fork`, payload: fork.request });
  assert.equal(forked.statusCode, 202, forked.body);
  assert.equal(forked.json<Job>().spec.dataset.id, newer.id);
});

test('what was recorded outlives the process that recorded it', async () => {
  const restarted = createServices(api.parts);
  const { modelId } = job.result!;
  const drift = await restarted.drift.measure({ tenantId: 'local', id: modelId, since: changedAt });
  assert.deepEqual([drift.verdict, drift.rows.sampled], ['drift', 300]);
});

test('nothing is recorded where recording is off', async () => {
  const before = await measured();
  const silent = createServices({ ...api.parts, config: { ...api.config, recordPredictions: false } });
  await silent.models.predict({ tenantId: 'local', id: job.result!.modelId, rows });
  await silent.recording.flush();
  assert.deepEqual((await measured()).rows, before.rows);
});

test('a time that is none is 400 at /query/since', async () => {
  for (const since of ['yesterday', '2016-12-31T23:59:60Z']) {
    const response = await driftSince(since);
    assert.deepEqual([response.statusCode, response.json<Problem>().errors?.[0]?.path], [400, '/query/since']);
  }
});
