/** Remedies tried side by side: forks with and without each finding's patch, ranked by what became of them. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Consumer } from '../../src/run/consumer.js';
import type { Finding } from '../../src/schemas/finding.js';
import type { Job } from '../../src/schemas/job.js';
import type { JobSpec } from '../../src/schemas/job-spec.js';
import type { Race } from '../../src/schemas/remedies.js';
import { createServices } from '../../src/services/index.js';
import { remedyService } from '../../src/services/remedies.js';
import { consumerOf } from '../run/support.js';
import type { Problem } from './problem-body.js';
import { specOf, startApi, submit, type TestApi, uploadPenguins } from './support.js';

let api: TestApi;
let dataset: { id: string };
let consumer: Consumer;
/** Its learning rate is far too low. */
let sick: Job;

const get = async <T>(path: string): Promise<T> => (await api.inject({ url: `/v1/${path}` })).json<T>();
const begin = ({ id }: Pick<Job, 'id'>, payload: object, headers: Record<string, string> = {}) =>
  api.inject({ method: 'POST', url: `/v1/jobs/${id}/remedies`, payload, headers });
const races = async ({ id }: Job): Promise<Race[]> => (await get<{ items: Race[] }>(`jobs/${id}/remedies`)).items;

async function addFinding(code: Finding['code'], patch: object): Promise<void> {
  const body = JSON.stringify({
    ...{ severity: 'warning', title: 't', remedy: 'r', evidence: [{ name: 'n', value: 1 }] },
    patch,
  });
  await api.db
    .insertInto('findings')
    .values({ tenantId: 'local', jobId: sick.id, code, step: 0, epoch: 1, body })
    .execute();
}

async function train(job: Pick<Job, 'id'>): Promise<Job> {
  await consumer.run({ jobId: job.id, generation: 1 });
  return get<Job>(`jobs/${job.id}`);
}

before(async () => {
  api = await startApi();
  dataset = await uploadPenguins(api);
  consumer = await consumerOf(api.parts);
  const optimizer = { type: 'adam', learningRate: 1e-6 };
  sick = await train(await submit(api, specOf(dataset, { optimizer, training: { epochs: 30 } })));
});

test('each patch runs beside a control for as many steps from the same start, and what helps is ranked before it', async () => {
  const { items: findings } = await get<{ items: Finding[] }>(`jobs/${sick.id}/findings`);
  const patched = findings.filter(({ patch }) => patch !== null).map(({ code }) => code);
  assert.ok(patched.includes('learningRateTooLow'), JSON.stringify(findings));
  const response = await begin(sick, { steps: 50, from: 'start' });
  assert.equal(response.statusCode, 202, response.body);
  const race = response.json<Race>();
  assert.deepEqual(race.entrants.map(({ code }) => code).sort(), [...patched, null].sort());
  assert.ok(race.entrants.every(({ rank, value, jobId }) => rank === null && value === null && jobId !== null));

  for (const { jobId } of race.entrants) {
    const { state, forkOf, progress, spec } = await train({ id: jobId! });
    assert.deepEqual([state, forkOf, progress?.step, spec.earlyStopping?.type], ['succeeded', sick.id, 50, 'none']);
  }
  const [ranked] = await races(sick);
  assert.deepEqual([ranked!.id, ranked!.metric], [race.id, 'validation.loss']);
  assert.deepEqual(
    ranked!.entrants.map(({ rank }) => rank),
    ranked!.entrants.map((_, index) => index + 1),
  );
  const values = ranked!.entrants.map(({ value }) => Number(value));
  assert.deepEqual(
    values,
    values.toSorted((a, b) => a - b),
  );
  const mended = ranked!.entrants.find(({ code }) => code === 'learningRateTooLow')!;
  const control = ranked!.entrants.find(({ code }) => code === null)!;
  assert.ok(mended.better === true && control.better === null && mended.rank! < control.rank!, JSON.stringify(ranked));
});

test('by default all begin with the best weights; a patch that cannot is told with its reason, and the others run', async () => {
  await addFinding('unscaledFeatures', { dataset: { scale: { type: 'minMax' } } });
  const race = (await begin(sick, { steps: 5 })).json<Race>();
  const refused = race.entrants.find(({ code }) => code === 'unscaledFeatures')!;
  assert.deepEqual([refused.jobId, refused.state, refused.refused[0]?.path], [null, null, '/dataset']);
  const mended = race.entrants.find(({ code }) => code === 'learningRateTooLow')!;
  const { transitions } = await get<Job>(`jobs/${mended.jobId}`);
  assert.match(transitions[0]?.reason ?? '', /its best weights alone$/);
});

test('a patch of the length alone does not run; one of the loss or the columns is told its value, but no rank', async () => {
  await addFinding('tooShort', { training: { epochs: 120 } });
  await addFinding('classImbalance', { loss: { classWeights: 'balanced' } });
  await addFinding('leakingFeature', { dataset: { ignore: ['island'] } });
  const { entrants } = (await begin(sick, { steps: 6, from: 'start' })).json<Race>();
  assert.ok(!entrants.some(({ code }) => code === 'tooShort'));
  for (const { jobId } of entrants) await train({ id: jobId! });
  const [ranked] = await races(sick);
  for (const code of ['classImbalance', 'leakingFeature']) {
    const { value, rank, better } = ranked!.entrants.find((entrant) => entrant.code === code)!;
    assert.deepEqual([typeof value, rank, better], ['number', null, null], code);
  }
  assert.notEqual(ranked!.entrants.find(({ code }) => code === null)!.rank, null);
});

test('where a race cannot be made whole, without a key the forks that began end', async () => {
  const { jobs, findings } = createServices(api.parts);
  const before = (await get<{ items: Job[] }>('jobs?limit=200')).items.length;
  let begun = 0;
  const fork: typeof jobs.fork = (request) => {
    if (begun++ === 2) throw new Error('the disk is full');
    return jobs.fork(request);
  };
  const service = remedyService(api.parts, { fork, cancel: jobs.cancel, findings: findings.list });
  const body = { steps: 5, from: 'start' as const };
  const request = { tenantId: 'local', id: sick.id, body, check: (spec: unknown) => spec as JobSpec };
  await assert.rejects(service.begin(request), /the disk is full/);
  const { items } = await get<{ items: Job[] }>('jobs?limit=200');
  assert.deepEqual(
    items.slice(0, items.length - before).map(({ state }) => state),
    ['cancelled', 'cancelled'],
  );
});

test('a key makes one race of equal requests, with one fork each', async () => {
  const headers = { 'idempotency-key': 'race' };
  const [first, again] = [await begin(sick, { steps: 7 }, headers), await begin(sick, { steps: 7 }, headers)];
  assert.deepEqual(again.json<Race>(), first.json<Race>());
  const other = await begin(sick, { steps: 8 }, headers);
  assert.deepEqual([other.statusCode, other.json<Problem>().code], [422, 'idempotency_mismatch']);
});

test('names what is wrong with the request', async () => {
  for (const [payload, path] of [
    [{}, '/steps'],
    [{ steps: 0 }, '/steps'],
    [{ steps: 1, from: 'last' }, '/from'],
    [{ steps: 1, seeds: 3 }, '/seeds'],
  ] as const) {
    const response = await begin(sick, payload);
    assert.equal(response.statusCode, 400, response.body);
    assert.equal(response.json<Problem>().errors?.[0]?.path, path);
  }
  const waiting = await submit(api, specOf(dataset));
  const nothing = await begin(waiting, { steps: 5 });
  assert.equal(nothing.statusCode, 422, nothing.body);
  assert.match(nothing.json<Problem>().detail, /no finding of the job has a patch/);
  const split = { type: 'random', folds: 2 };
  const folded = await submit(api, specOf(dataset, { dataset: { id: dataset.id, target: 'species', split } }));
  const unranked = await begin(folded, { steps: 5 });
  assert.deepEqual([unranked.statusCode, unranked.json<Problem>().errors?.[0]?.got], [422, 'dataset.split.folds']);
  assert.equal((await begin({ id: `job_${'0'.repeat(26)}` }, { steps: 5 })).statusCode, 404);
});
