/** Sweeps through the API, their trials trained by a consumer in this process and advanced as the reconciler does. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { pino } from 'pino';
import type { Consumer } from '../../src/run/consumer.js';
import type { Job } from '../../src/schemas/job.js';
import type { Metrics } from '../../src/schemas/run.js';
import type { Sweep, SweepTrial } from '../../src/schemas/sweep-results.js';
import { advanceSweeps } from '../../src/services/advance-sweep.js';
import { createPlanner } from '../../src/services/planner.js';
import { openHints } from '../../src/store/runs.js';
import { consumerOf } from '../run/support.js';
import type { Problem } from './problem-body.js';
import { specOf, startApi, submit, type TestApi, uploadPenguins } from './support.js';

let api: TestApi;
let dataset: { id: string };
let consumer: Consumer;

before(async () => {
  api = await startApi();
  dataset = await uploadPenguins(api);
  consumer = await consumerOf(api.parts);
});

const job = (more: object = {}) =>
  specOf(dataset, {
    training: { steps: 36 },
    evaluation: { everySteps: 4 },
    earlyStopping: { type: 'none' },
    ...more,
  });
const learningRate = { type: 'float', min: 1e-4, max: 1e-1, scale: 'log' };
const hidden = { type: 'choice', values: [[8], [16, 8]] };
const random = (more: object = {}) => ({
  job: job(),
  parameters: { '/optimizer/learningRate': learningRate, '/model/hidden': hidden },
  method: { type: 'random' },
  budget: { trials: 4 },
  ...more,
});

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
    const { spec, state } = await get<Job>(`jobs/${jobId}`);
    assert.equal(state, 'succeeded');
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

  assert.equal((await api.inject({ method: 'DELETE', url: `/v1/sweeps/${sweep.id}` })).statusCode, 204);
  assert.equal((await api.inject({ url: `/v1/sweeps/${sweep.id}` })).statusCode, 404);
  assert.equal((await get<Job>(`jobs/${alone}`)).sweepId, null, 'its jobs stay');
});

test('a budget of steps is never exceeded, and a trial that fails is told and passed over', async () => {
  const sweep = await finish(await begun(random({ budget: { steps: 100 } })));
  assert.deepEqual([sweep.progress.trials, sweep.progress.steps], [2, 72]);

  const sick = { '/optimizer/learningRate': { type: 'choice', values: [1e30, 0.01] } };
  const failing = await finish(
    await begun(
      random({ job: job({ optimizer: { type: 'sgd' } }), parameters: sick, method: { type: 'grid' }, budget: {} }),
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
  assert.equal(items[0]!.id, first.json<Sweep>().id);
  await ask(first.json<Sweep>(), 'cancel');
  assert.notEqual(nextCursor, undefined);
  const page = await get<{ items: SweepTrial[]; nextCursor: string | null }>(`sweeps/${items[0]!.id}/trials?limit=1`);
  assert.deepEqual([page.items.length, page.nextCursor], [1, null]);
  assert.equal((await api.inject({ url: `/v1/sweeps/${items[0]!.id}/trials?cursor=x` })).statusCode, 400);
});

test('names what is wrong with a sweep, and stores nothing', async () => {
  const rate = (parameter: object) =>
    random({ parameters: { '/optimizer/learningRate': { ...learningRate, ...parameter } } });
  const at = (pointer: string, parameter: object) => random({ parameters: { [pointer]: parameter } });
  const asha = (method: object, more: object = {}) =>
    random({ method: { type: 'asha', minSteps: 4, ...method }, budget: { trials: 9 }, ...more });
  const of = (pointer: string) => `/parameters/${pointer.replaceAll('/', '~1')}`;
  const learning = of('/optimizer/learningRate');
  const batch = { type: 'int', min: 4, max: 8 };
  const cases: [body: object, status: number, path: string][] = [
    [{}, 400, '/job'],
    [random({ trails: 3 }), 400, '/trails'],
    [random({ name: '' }), 400, '/name'],
    [random({ job: job({ optimiser: {} }) }), 400, '/job/optimiser'],
    [random({ job: job({ dataset: { id: dataset.id, target: 'nothing' } }) }), 422, '/job/dataset/target'],
    [random({ job: job({ dataset: { id: `ds_${'0'.repeat(26)}` } }) }), 422, '/job/dataset/id'],
    [
      random({
        job: job({
          dataset: { id: dataset.id, target: 'species', split: { type: 'random', validation: 0, test: 0.2 } },
        }),
      }),
      422,
      '/job/dataset/split/validation',
    ],
    [random({ parameters: {} }), 400, '/parameters'],
    [
      random({ parameters: Object.fromEntries(Array.from({ length: 13 }, (_, i) => [`/model/hidden/${i}`, batch])) }),
      400,
      '/parameters',
    ],
    [at('/optimizer/learningRate', {}), 400, `${learning}/type`],
    [at('/optimizer/learningRate', { type: 'real' }), 400, `${learning}/type`],
    [rate({ min: '1' }), 400, `${learning}/min`],
    [rate({ scale: 'logarithmic' }), 400, `${learning}/scale`],
    [rate({ points: 1 }), 400, `${learning}/points`],
    [rate({ step: 1 }), 400, `${learning}/step`],
    [rate({ max: 1e-4 }), 422, `${learning}/max`],
    [rate({ min: 0 }), 422, `${learning}/min`],
    [rate({ max: 1e31 }), 422, learning],
    [at('/training/batchSize', { ...batch, min: 0.5 }), 400, `${of('/training/batchSize')}/min`],
    [at('/training/batchSize', { ...batch, min: 0 }), 422, of('/training/batchSize')],
    [at('/training/batchSize', { ...batch, step: 5 }), 422, `${of('/training/batchSize')}/step`],
    [at('/training/batchSize', { ...batch, step: 2, scale: 'log' }), 422, `${of('/training/batchSize')}/step`],
    [at('/training/batchSize', { type: 'float', min: 4, max: 8 }), 422, of('/training/batchSize')],
    [at('/model/hidden', { type: 'choice', values: [] }), 400, `${of('/model/hidden')}/values`],
    [at('/model/hidden', { type: 'choice', values: [[8], [9], [8]] }), 422, `${of('/model/hidden')}/values/2`],
    [at('/model/hidden', { type: 'choice', values: [[8], 'wide'] }), 422, of('/model/hidden')],
    [at('/model/hidden/7', batch), 422, of('/model/hidden/7')],
    [at('/optimizer/momentun', learningRate), 422, of('/optimizer/momentun')],
    [at('/nothing/here', learningRate), 422, of('/nothing/here')],
    [at('/training/seed/low', batch), 422, of('/training/seed/low')],
    [at('/__proto__/x', batch), 422, of('/__proto__/x')],
    [at('optimizer', learningRate), 422, '/parameters/optimizer'],
    [
      at('/evaluation/best/metric', { type: 'choice', values: ['validation.loss'] }),
      422,
      of('/evaluation/best/metric'),
    ],
    [
      random({
        parameters: {
          '/optimizer': { type: 'choice', values: [{ type: 'sgd' }] },
          '/optimizer/learningRate': learningRate,
        },
      }),
      422,
      learning,
    ],
    [random({ method: { type: 'bayes' } }), 400, '/method/type'],
    [random({ method: { type: 'tpe', startTrials: 0 } }), 400, '/method/startTrials'],
    [random({ method: { type: 'grid' }, budget: {} }), 422, `${learning}/points`],
    [
      random({
        method: { type: 'grid' },
        budget: {},
        parameters: { '/training/seed': { type: 'int', min: 0, max: 1000 } },
      }),
      422,
      '/parameters',
    ],
    [random({ method: { type: 'asha' } }), 400, '/method/minSteps'],
    [asha({ eta: 1 }), 400, '/method/eta'],
    [asha({ minSteps: 3 }), 422, '/method/minSteps'],
    [asha({ minSteps: 36 }), 422, '/method/minSteps'],
    [asha({}, { budget: { trials: 8 } }), 422, '/budget/trials'],
    [random({ objective: { metric: 'train.loss' } }), 400, '/objective/metric'],
    [random({ objective: { metric: 'validation.r2' } }), 422, '/objective/metric'],
    [random({ objective: { mode: 'best' } }), 400, '/objective/mode'],
    [random({ budget: {} }), 422, '/budget'],
    [random({ budget: { trials: 1001 } }), 400, '/budget/trials'],
    [random({ budget: { steps: 0 } }), 400, '/budget/steps'],
    [random({ budget: { seconds: 0 } }), 400, '/budget/seconds'],
    [random({ concurrency: 65 }), 400, '/concurrency'],
    [random({ seed: -1 }), 400, '/seed'],
  ];
  const traces = await api.traces();
  for (const [body, status, path] of cases) {
    const response = await post(body);
    const { errors } = response.json<Problem>();
    assert.deepEqual([response.statusCode, errors?.[0]?.path], [status, path], JSON.stringify(body) + response.body);
  }
  assert.deepEqual(await api.traces(), traces);
  assert.equal((await api.inject({ url: `/v1/sweeps/swp_${'0'.repeat(26)}` })).statusCode, 404);
  assert.equal((await api.inject({ url: '/v1/jobs?sweep=swp' })).statusCode, 400);
});
