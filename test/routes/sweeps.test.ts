/** Sweeps through the API, their trials trained by a consumer in this process and advanced as the reconciler does. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { sql } from 'kysely';
import { pino } from 'pino';
import type { Consumer } from '../../src/run/consumer.js';
import type { Job } from '../../src/schemas/job.js';
import type { Metrics } from '../../src/schemas/run.js';
import type { Sweep, SweepTrial } from '../../src/schemas/sweep-results.js';
import { advanceSweeps } from '../../src/services/advance-sweep.js';
import { createPlanner } from '../../src/services/planner.js';
import { deleteJob } from '../../src/store/jobs.js';
import { openHints } from '../../src/store/runs.js';
import { lockJob } from '../../src/store/transition.js';
import { consumerOf } from '../run/support.js';
import type { Problem } from './problem-body.js';
import { startApi, submit, type TestApi, uploadPenguins } from './support.js';
import { hidden, randomSweep, trialJob } from './sweep-bodies.js';

let api: TestApi;
let dataset: { id: string };
let consumer: Consumer;

before(async () => {
  api = await startApi();
  dataset = await uploadPenguins(api);
  consumer = await consumerOf(api.parts);
});

const random = (more: object = {}) => randomSweep(dataset, more);
const job = (more: object = {}) => trialJob(dataset, more);

const post = (payload: object, headers: Record<string, string> = {}) =>
  api.inject({ method: 'POST', url: '/v1/sweeps', payload, headers });
const get = async <T>(path: string): Promise<T> => (await api.inject({ url: `/v1/${path}` })).json<T>();
const trialsOf = async ({ id }: Sweep): Promise<SweepTrial[]> =>
  (await get<{ items: SweepTrial[] }>(`sweeps/${id}/trials?limit=200`)).items;

async function begun(payload: object): Promise<Sweep> {
  const response = await post(payload);
  assert.equal(response.statusCode, 202, response.body);
  return response.json<Sweep>();
}

async function ask({ id }: Sweep, action: string): Promise<Sweep> {
  const response = await api.inject({ method: 'POST', url: `/v1/sweeps/${id}/${action}` });
  assert.equal(response.statusCode, 202, response.body);
  return response.json<Sweep>();
}

const advance = () => advanceSweeps({ db: api.db, planned: createPlanner(api.parts), log: pino({ level: 'silent' }) });

/** Runs what is queued, advancing before each, until the sweep has ended. */
async function finish({ id }: Sweep): Promise<Sweep> {
  for (let round = 0; round < 200; round++) {
    await advance();
    const sweep = await get<Sweep>(`sweeps/${id}`);
    if (sweep.finishedAt !== null) return sweep;
    const [hint] = await openHints(api.db, 1);
    if (hint) await consumer.run(hint);
  }
  return assert.fail('the sweep does not end');
}

test('random: trials are jobs of the seed’s configurations, told apart while they run, and the best is marked', async () => {
  const sweep = await begun(random({ name: 'rates', concurrency: 3 }));
  assert.deepEqual([sweep.state, sweep.progress.trials, sweep.progress.open], ['running', 3, 3]);
  const { items } = await get<{ items: Job[] }>(`jobs?sweep=${sweep.id}`);
  assert.deepEqual(
    items.map(({ name, sweepId, trial }) => [name, sweepId, trial]),
    [
      ['rates #2', sweep.id, 2],
      ['rates #1', sweep.id, 1],
      ['rates #0', sweep.id, 0],
    ],
  );
  await consumer.run({ jobId: items[2]!.id, generation: 1 });
  assert.equal((await get<Sweep>(`sweeps/${sweep.id}`)).best, null, 'nothing is reported before the sweep advances');

  const ended = await finish(sweep);
  assert.deepEqual(
    [ended.state, ended.progress.trials, ended.progress.succeeded, ended.progress.steps],
    ['succeeded', 4, 4, 144],
  );
  const trials = await trialsOf(sweep);
  for (const { jobId, parameters, value, reports } of trials) {
    const { spec, state, transitions } = await get<Job>(`jobs/${jobId}`);
    assert.deepEqual([state, transitions[0]?.actor], ['succeeded', 'sweep']);
    assert.deepEqual(
      [spec.optimizer?.learningRate, (spec.model as { hidden: number[] }).hidden],
      Object.values(parameters),
    );
    const { series } = await get<Metrics>(`jobs/${jobId}/metrics?names=validation.loss`);
    assert.equal(value, Math.min(...(series[0]!.values as number[])));
    assert.deepEqual(
      reports.map(({ rung, step }) => [rung, step]),
      [[0, 36]],
    );
  }
  const best = trials.toSorted((a, b) => (a.value as number) - (b.value as number))[0]!;
  assert.deepEqual(
    trials.filter((trial) => trial.best),
    [best],
  );
  assert.deepEqual(ended.best, {
    trial: best.trial,
    jobId: best.jobId,
    value: best.value,
    parameters: best.parameters,
  });

  const again = await finish(await begun(random({ concurrency: 1 })));
  const values = (all: SweepTrial[]) => all.map(({ parameters, value }) => ({ parameters, value }));
  assert.deepEqual(values(await trialsOf(again)), values(trials), 'whatever the concurrency');
});

test('grid: every combination once, in order, the last parameter fastest', async () => {
  const batchSize = { type: 'int', min: 16, max: 48, step: 16 };
  const sweep = await finish(
    await begun(
      random({
        method: { type: 'grid' },
        budget: {},
        parameters: { '/model/hidden': hidden, '/training/batchSize': batchSize },
      }),
    ),
  );
  assert.deepEqual(
    (await trialsOf(sweep)).map(({ parameters }) => Object.values(parameters)),
    [[8], [16, 8]].flatMap((layers) => [16, 32, 48].map((rows) => [layers, rows])),
  );
});

test('asha: trials pause at rungs, the best third goes on to the bits of an uninterrupted run, and decisions stand in the reports', async () => {
  const method = { type: 'asha', minSteps: 4, eta: 3 };
  const sweep = await begun(random({ method, budget: { trials: 9 }, concurrency: 2 }));
  assert.deepEqual(sweep.rungs, [4, 12]);
  const ended = await finish(sweep);
  const trials = await trialsOf(sweep);
  assert.equal(ended.state, 'succeeded');
  const reports = trials.flatMap((trial) => trial.reports.map((report) => ({ ...report, trial: trial.trial })));
  for (const [rung, step] of [
    [0, 4],
    [1, 12],
    [2, 36],
  ] as const) {
    const here = reports.filter((report) => report.rung === rung);
    assert.ok(here.every((report) => report.step === step));
    const promoted = here.filter(({ promotedAt }) => promotedAt !== null);
    const top = here
      .toSorted((a, b) => (a.value as number) - (b.value as number))
      .slice(0, Math.floor(here.length / 3));
    if (rung < 2)
      assert.ok(
        top.every(({ promotedAt }) => promotedAt !== null),
        'nobody is left who may go on',
      );
    if (rung < 2) assert.equal(reports.filter((report) => report.rung === rung + 1).length, promoted.length);
  }
  assert.equal(reports.filter(({ rung }) => rung === 0).length, 9);
  assert.ok(ended.progress.steps < (9 * 36) / 2, String(ended.progress.steps));
  const best = trials.find((trial) => trial.best)!;
  assert.equal(best.state, 'succeeded');
  assert.deepEqual(
    new Set(trials.filter(({ state }) => state !== 'succeeded').map(({ state }) => state)),
    new Set(['cancelled']),
  );

  const halted = await get<Job>(`jobs/${best.jobId}`);
  const whole = await submit(api, halted.spec);
  await consumer.run({ jobId: whole.id, generation: 1 });
  const finalSha = async (id: string) =>
    (await get<{ items: { kind: string; sha256: string }[] }>(`jobs/${id}/checkpoints`)).items.find(
      ({ kind }) => kind === 'final',
    )?.sha256;
  assert.equal(await finalSha(halted.id), await finalSha(whole.id));
});

test('advanced by many at once, a sweep begins each trial once', async () => {
  const sweep = await begun(random({ budget: { trials: 12 }, concurrency: 4 }));
  for (let round = 0; round < 3; round++) {
    const [hint] = await openHints(api.db, 1);
    await consumer.run(hint!);
    await Promise.all(Array.from({ length: 6 }, advance));
    await advance();
    const { items } = await get<{ items: Job[] }>(`jobs?sweep=${sweep.id}`);
    assert.deepEqual(
      items.map(({ trial }) => trial).sort((a, b) => a! - b!),
      Array.from({ length: 5 + round }, (_, trial) => trial),
    );
  }
  await ask(sweep, 'cancel');
});

test('pause and resume act on the sweep and what it has begun; cancel ends it, and only then it can be deleted', async () => {
  const sweep = await begun(random({ job: job({ training: { steps: 1_000_000 } }), concurrency: 2 }));
  const [first] = await trialsOf(sweep);
  const run = consumer.run({ jobId: first!.jobId!, generation: 1 });
  while ((await get<Job>(`jobs/${first!.jobId}`)).state !== 'running');
  const paused = await ask(sweep, 'pause');
  assert.equal(paused.state, 'paused');
  await run;
  await advance();
  assert.deepEqual(
    (await trialsOf(sweep)).map(({ state }) => state),
    ['paused', 'paused'],
  );
  assert.equal((await ask(sweep, 'pause')).state, 'paused');

  const alone = (await trialsOf(sweep))[1]!.jobId;
  await ask(sweep, 'resume');
  assert.deepEqual(
    (await trialsOf(sweep)).map(({ state }) => state),
    ['queued', 'queued'],
  );
  await api.inject({ method: 'POST', url: `/v1/jobs/${alone}/pause` });
  await advance();
  assert.deepEqual(
    (await trialsOf(sweep)).map(({ state }) => state),
    ['queued', 'paused', 'queued'],
    'whom a client paused waits for the client',
  );

  const early = await api.inject({ method: 'DELETE', url: `/v1/sweeps/${sweep.id}` });
  assert.deepEqual(
    [early.statusCode, early.json<Problem>().state, early.json<Problem>().allowed],
    [409, 'running', ['paused', 'cancelling']],
  );
  const cancelled = await ask(sweep, 'cancel');
  assert.equal(cancelled.state, 'cancelled');
  assert.deepEqual(new Set((await trialsOf(sweep)).map(({ state }) => state)), new Set(['cancelled']));
  assert.equal((await api.inject({ method: 'POST', url: `/v1/sweeps/${sweep.id}/resume` })).statusCode, 409);

  const gone = { tenantId: 'local', id: first!.jobId! };
  const deletion = await api.db.transaction().execute(async (trx) => {
    await lockJob(trx, { jobId: gone.id });
    const response = api.inject({ method: 'DELETE', url: `/v1/sweeps/${sweep.id}` });
    const waiting = sql`select from pg_locks where not granted`;
    while ((await waiting.execute(trx)).rows.length === 0);
    await deleteJob(trx, gone);
    return { response };
  });
  assert.equal((await deletion.response).statusCode, 204, 'beside the deletion of one of its jobs');
  assert.equal((await api.inject({ url: `/v1/sweeps/${sweep.id}` })).statusCode, 404);
  assert.equal((await get<Job>(`jobs/${alone}`)).sweepId, null, 'its jobs stay');
});

test('a budget of steps is never exceeded, and a trial that fails is told and passed over', async () => {
  const limited = await begun(random({ budget: { steps: 100 } }));
  const [first] = await trialsOf(limited);
  const url = `/v1/jobs/${first!.jobId}`;
  const longer = await api.inject({ method: 'PATCH', url: `${url}/training`, payload: { steps: 99 } });
  assert.deepEqual([longer.statusCode, longer.json<Problem>().errors?.[0]?.path], [422, '/steps']);
  const sweep = await finish(limited);
  assert.deepEqual([sweep.progress.trials, sweep.progress.steps], [2, 72]);
  assert.equal((await api.inject({ method: 'DELETE', url })).statusCode, 204);
  assert.equal((await get<Sweep>(`sweeps/${sweep.id}`)).progress.steps, 72, 'those of a deleted job were made');

  const sick = { '/optimizer/learningRate': { type: 'choice', values: [1e30, 0.01] } };
  const failing = await finish(
    await begun(
      random({
        job: job({ model: { type: 'mlp', activation: 'relu' }, optimizer: { type: 'sgd' } }),
        parameters: sick,
        method: { type: 'grid' },
        budget: {},
      }),
    ),
  );
  const trials = await trialsOf(failing);
  assert.deepEqual(
    trials.map(({ state, value, best }) => [state, value === null, best]),
    [
      ['failed', true, false],
      ['succeeded', false, true],
    ],
  );
  assert.deepEqual([failing.state, failing.progress.failed], ['succeeded', 1]);
});

test('the same key and body give the same sweep, another body is refused, lists go newest first', async () => {
  const headers = { 'idempotency-key': 'once' };
  const body = random({ concurrency: 1 });
  const [first, second] = [await post(body, headers), await post(body, headers)];
  assert.equal(first.json<Sweep>().id, second.json<Sweep>().id);
  assert.equal(first.headers['location'], `/v1/sweeps/${first.json<Sweep>().id}`);
  const other = await post(random({ seed: 9 }), headers);
  assert.deepEqual([other.statusCode, other.json<Problem>().code], [422, 'idempotency_mismatch']);
  const { items, nextCursor } = await get<{ items: Sweep[]; nextCursor: string }>('sweeps?limit=1&state=running');
  assert.deepEqual([items[0]!.id, 'best' in items[0]!], [first.json<Sweep>().id, false]);
  await ask(first.json<Sweep>(), 'cancel');
  assert.notEqual(nextCursor, undefined);
  const page = await get<{ items: SweepTrial[]; nextCursor: string | null }>(`sweeps/${items[0]!.id}/trials?limit=1`);
  assert.deepEqual([page.items.length, page.nextCursor], [1, null]);
  for (const [path, at] of [
    [`/${items[0]!.id}/trials?cursor=x`, '/cursor'],
    ['?state=unknown', '/query/state'],
  ] as const) {
    const response = await api.inject({ url: `/v1/sweeps${path}` });
    assert.deepEqual([response.statusCode, response.json<Problem>().errors?.[0]?.path], [400, at], response.body);
  }
});
