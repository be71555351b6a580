/** Jobs beside one another: what stems from what, where specs differ, curves on one axis. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Consumer } from '../../src/run/consumer.js';
import type { Comparison, Lineage } from '../../src/schemas/comparison.js';
import type { Job } from '../../src/schemas/job.js';
import { consumerOf } from '../run/support.js';
import type { Problem } from './problem-body.js';
import { specOf, startApi, submit, type TestApi, uploadPenguins } from './support.js';

let api: TestApi;
let consumer: Consumer;
/** 5 epochs; a fork of it for 3, untrained forks of both. */
let [root, short, grandchild, sibling]: Job[] = [];

before(async () => {
  api = await startApi();
  const dataset = await uploadPenguins(api);
  consumer = await consumerOf(api.parts);
  const training = { epochs: 5 };
  root = await train(await submit(api, specOf(dataset, { training, logging: { everySteps: 1 } })));
  short = await train(await fork(root, { patch: { training: { epochs: 3 } } }));
  grandchild = await fork(short, { patch: { optimizer: { type: 'sgd', learningRate: 0.1 } } });
  sibling = await fork(root, { from: 'best', patch: { name: 'sibling' } });
});

async function train({ id }: Job): Promise<Job> {
  await consumer.run({ jobId: id, generation: 1 });
  return (await api.inject({ url: `/v1/jobs/${id}` })).json<Job>();
}

async function fork({ id }: Job, payload: object): Promise<Job> {
  const response = await api.inject({ method: 'POST', url: `/v1/jobs/${id}/fork`, payload });
  assert.equal(response.statusCode, 202, response.body);
  return response.json<Job>();
}

const lineageOf = async ({ id }: Job) => (await api.inject({ url: `/v1/jobs/${id}/lineage` })).json<Lineage>();
async function compare(query: string): Promise<Comparison> {
  const response = await api.inject({ url: `/v1/jobs/compare?${query}` });
  assert.equal(response.statusCode, 200, response.body);
  return response.json<Comparison>();
}

test('a lineage goes from the root down to the job, then to the others, with what each fork changed', async () => {
  const { rootId, jobs, truncated } = await lineageOf(grandchild!);
  assert.equal(rootId, root!.id);
  assert.equal(truncated, false);
  assert.deepEqual(
    jobs.map(({ id, forkOf }) => [id, forkOf]),
    [
      [root!.id, null],
      [short!.id, root!.id],
      [grandchild!.id, short!.id],
      [sibling!.id, root!.id],
    ],
  );
  assert.deepEqual(jobs[0]!.changes, []);
  assert.deepEqual(jobs[1]!.changes, [{ path: '/training/epochs', before: 5, after: 3 }]);
  assert.deepEqual(
    jobs[2]!.changes.find(({ path }) => path === '/optimizer/type'),
    { path: '/optimizer/type', before: 'adam', after: 'sgd' },
  );
  assert.match(jobs[3]!.origin ?? '', /^fork of job_\w+, from ckpt_\w+ at step/);
  assert.deepEqual(
    (await lineageOf(sibling!)).jobs.map(({ id }) => id),
    [root!.id, sibling!.id, short!.id, grandchild!.id],
  );
});

test('jobs are compared by step in the order asked for, with the fields in which their specs differ', async () => {
  const { jobs, differences, series } = await compare(`ids=${short!.id},${root!.id}`);
  assert.deepEqual(
    jobs.map(({ id }) => id),
    [short!.id, root!.id],
  );
  assert.deepEqual(differences, [{ path: '/training/epochs', values: [3, 5] }]);
  const accuracy = root!.result!.metrics.validation!.values['accuracy'];
  assert.equal(jobs[1]!.metrics!['validation.accuracy'], accuracy);
  assert.deepEqual(
    series.filter(({ name }) => !/^(train\.loss|validation\.)/.test(name)),
    [],
  );

  const { axis, values } = series.find(({ name }) => name === 'train.loss')!;
  const total = root!.progress!.totalSteps;
  assert.deepEqual(
    axis,
    Array.from({ length: total }, (_, step) => step + 1),
  );
  const [shorter, longer] = values as [(number | null)[], number[]];
  const shared = (3 * total) / 5;
  assert.deepEqual(shorter.slice(0, shared), longer.slice(0, shared), 'the same seed');
  assert.ok(shorter.slice(shared).every((value) => value === null));
  assert.ok(longer.every(Number.isFinite));
});

test('by time the axis is seconds of training, of which no run has more than it took', async () => {
  const ids = `${root!.id},${short!.id}`;
  const { series } = await compare(`ids=${ids}&by=time&names=train.loss&maxPoints=10`);
  assert.deepEqual(
    series.map(({ name }) => name),
    ['train.loss'],
  );
  const { axis, values } = series[0]!;
  assert.ok(axis.length <= 10);
  assert.ok(
    axis.every((seconds, index) => seconds > (axis[index - 1] ?? 0)),
    String(axis),
  );
  const took = [root!, short!].map(({ startedAt, finishedAt }) => Date.parse(finishedAt!) - Date.parse(startedAt!));
  assert.ok(axis.at(-1)! <= Math.max(...took) / 1000, `${axis.at(-1)} s of ${took} ms`);
  assert.ok(values.every((line) => line.some((value) => value !== null)));
});

test('a job that has not run has a place and no points', async () => {
  const { jobs, series } = await compare(`ids=${root!.id},${sibling!.id}&names=train.loss,nothing`);
  assert.equal(jobs[1]!.metrics, null);
  assert.ok(series[0]!.values[1]!.every((value) => value === null));
  assert.deepEqual(series[1], { name: 'nothing', axis: [], values: [[], []] });
});

test('what cannot be compared is told where', async () => {
  const other = `job_${'0'.repeat(26)}`;
  const asked: Record<string, [query: string, status: number, path?: string]> = {
    'no ids': ['', 400, '/query/ids'],
    'one id': [`ids=${root!.id}`, 400, '/query/ids'],
    'a job twice': [`ids=${root!.id},${root!.id}`, 400, '/query/ids'],
    'another kind of id': [`ids=${root!.id},ds_${'0'.repeat(26)}`, 400, '/query/ids'],
    'an unknown job': [`ids=${root!.id},${other}`, 404],
    'an axis of one point': [`ids=${root!.id},${short!.id}&maxPoints=1`, 400, '/query/maxPoints'],
    'another axis': [`ids=${root!.id},${short!.id}&by=epoch`, 400, '/query/by'],
    'an unknown field': [`ids=${root!.id},${short!.id}&name=x`, 400, '/query/name'],
  };
  for (const [title, [query, status, path]] of Object.entries(asked)) {
    const response = await api.inject({ url: `/v1/jobs/compare?${query}` });
    assert.equal(response.statusCode, status, `${title}: ${response.body}`);
    if (path !== undefined) assert.equal(response.json<Problem>().errors?.[0]?.path, path, title);
  }
  assert.equal((await api.inject({ url: `/v1/jobs/${other}/lineage` })).statusCode, 404);
});
