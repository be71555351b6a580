/** A job that goes wrong: what its error says, and how its guard goes back. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Event, Metrics } from '../../src/schemas/run.js';
import type { Problem as ProblemBody } from './problem-body.js';
import { specOf, startApi, submit, type TestApi, uploadPenguins } from './support.js';
import { end, startConsumer } from './training.js';

let api: TestApi;
let penguins: { id: string };

before(async () => {
  api = await startApi();
  penguins = await uploadPenguins(api);
  startConsumer(api);
});

const sick = {
  model: { type: 'mlp', hidden: [32, 32], activation: 'leakyRelu' },
  optimizer: { type: 'adam', learningRate: 1e30 },
  training: { epochs: 4 },
  evaluation: { everySteps: 4 },
  logging: { everySteps: 1 },
};
const read = async <Body>(url: string) => (await api.inject({ url })).json<Body>();

test('a loss that is not finite fails the job with its post-mortem: layer, tensor, value, rows of the dataset, norms', async () => {
  const { error, state } = await end(api, specOf(penguins, sick));
  assert.equal(state, 'failed');
  const { code, category, step, postMortem } = error!;
  assert.deepEqual([code, category, step], ['non_finite', 'numeric', postMortem!.step]);
  const { layer, tensor, value, rows, rowsOf, rowCount, gradientNorms, rollbacks, checkpoint } = postMortem!;
  assert.match(layer!, /^(hidden\.\d|output)$/);
  assert.equal(typeof tensor, 'string');
  assert.match(String(value), /^(NaN|-?Infinity)$/);
  assert.deepEqual([rowsOf, rowCount, rows.length, new Set(rows).size], ['dataset', 32, 32, 32]);
  assert.ok(rows.every((row) => row >= 0 && row < 344) && rows.some((row) => row > 240));
  assert.ok(gradientNorms.length > 0 && gradientNorms.every((norm, index) => norm.step === index + 1));
  assert.deepEqual([rollbacks, checkpoint], [0, null]);
});

test('with onNonFinite: rollback it goes back, tells so, and succeeds; its metrics are in two segments', async () => {
  const guard = { onNonFinite: 'rollback', learningRateFactor: 1e-32 };
  const job = await end(api, specOf(penguins, { ...sick, guard }));
  assert.equal(job.state, 'succeeded', JSON.stringify(job.error));
  const { items } = await read<{ items: Event[] }>(`/v1/jobs/${job.id}/events`);
  const [rollback, ...others] = items.filter(({ type }) => type === 'rollback').map(({ data }) => data);
  assert.equal(others.length, 0);
  const { step, to, segment, reason, learningRateFactor } = rollback!;
  assert.deepEqual([to, segment, reason, learningRateFactor], [0, 1, 'non_finite', 1e-32]);

  const steps = async (query: string) =>
    (await read<Metrics>(`/v1/jobs/${job.id}/metrics?names=train.loss${query}`)).series.map((series) => series.steps);
  const [line] = await steps('');
  const [first, second] = await steps('&segment=all');
  assert.equal(first!.at(-1), Number(step) - 1);
  assert.equal(second![0], Number(step) + 1);
  assert.deepEqual(line, second);
});

test('a job whose weights are thrown so far that nothing learns, in finite numbers, fails as diverged', async () => {
  const { error, state } = await end(api, specOf(penguins, { ...sick, model: { type: 'mlp', activation: 'tanh' } }));
  assert.equal(state, 'failed');
  assert.deepEqual([error!.code, error!.category, error!.postMortem], ['diverged', 'numeric', undefined]);
});

test('each field of the guard is held to its bounds', async () => {
  const wrong: [guard: object, path: string][] = [
    [{ onNonFinite: 'ignore' }, '/guard/onNonFinite'],
    [{ maxRollbacks: 0 }, '/guard/maxRollbacks'],
    [{ maxRollbacks: 101 }, '/guard/maxRollbacks'],
    [{ maxRollbacks: 1.5 }, '/guard/maxRollbacks'],
    [{ learningRateFactor: 0 }, '/guard/learningRateFactor'],
    [{ learningRateFactor: 1.1 }, '/guard/learningRateFactor'],
    [{ learningRateFactor: '0.1' }, '/guard/learningRateFactor'],
    [{ lossSpike: 'rollback' }, '/guard/lossSpike'],
    [{ lossSpike: { type: 'leap' } }, '/guard/lossSpike/type'],
    [{ lossSpike: { type: 'rollback', factor: 1 } }, '/guard/lossSpike/factor'],
    [{ lossSpike: { type: 'rollback', window: 1 } }, '/guard/lossSpike/window'],
    [{ lossSpike: { type: 'rollback', window: 1001 } }, '/guard/lossSpike/window'],
    [{ lossSpike: { type: 'none', factor: 2 } }, '/guard/lossSpike/factor'],
    [{ maxRollback: 3 }, '/guard/maxRollback'],
  ];
  for (const [guard, path] of wrong) {
    const response = await api.inject({ method: 'POST', url: '/v1/jobs', payload: specOf(penguins, { guard }) });
    const { errors } = response.json<ProblemBody>();
    assert.deepEqual([response.statusCode, errors?.[0]?.path], [400, path], response.body);
  }
});

test('the stored spec shows every default of the guard', async () => {
  const { spec } = await submit(api, specOf(penguins, {}));
  const expected = { onNonFinite: 'fail', maxRollbacks: 3, learningRateFactor: 0.1, lossSpike: { type: 'none' } };
  assert.deepEqual((spec as { guard: object }).guard, expected);
});
