/** What is wrong with a run, over HTTP: found in the data, while it runs and at its end, and mended by a fork. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Consumer } from '../../src/run/consumer.js';
import type { Finding, Findings } from '../../src/schemas/finding.js';
import type { Job } from '../../src/schemas/job.js';
import type { Event } from '../../src/schemas/run.js';
import { consumerOf } from '../run/support.js';
import { specOf, startApi, submit, type TestApi, uploadPenguins } from './support.js';

let api: TestApi;
let dataset: { id: string };
let consumer: Consumer;

before(async () => {
  api = await startApi();
  dataset = await uploadPenguins(api);
  consumer = await consumerOf(api.parts);
});

async function train(more: object): Promise<Job> {
  const { id } = await submit(api, specOf(dataset, more));
  await consumer.run({ jobId: id, generation: 1 });
  return (await api.inject({ url: `/v1/jobs/${id}` })).json<Job>();
}
async function findingsOf({ id }: Job): Promise<Finding[]> {
  const response = await api.inject({ url: `/v1/jobs/${id}/findings` });
  assert.equal(response.statusCode, 200, response.body);
  return response.json<Findings>().items;
}
const codesOf = (findings: readonly Finding[]) => findings.map(({ code }) => code);

test('of a run that goes well nothing is found', async () => {
  const job = await train({ training: { epochs: 40 } });
  assert.equal(job.state, 'succeeded');
  assert.deepEqual(await findingsOf(job), []);
});

test('of a run that fails of NaN it is said why, once, as events too; its fork with the patch succeeds', async () => {
  const optimizer = { type: 'sgd', learningRate: 1e30 };
  const job = await train({ optimizer, model: { type: 'mlp', activation: 'relu' }, training: { epochs: 10 } });
  assert.equal(job.state, 'failed');
  const found = await findingsOf(job);
  assert.ok(codesOf(found).includes('nonFiniteLoss'), String(codesOf(found)));
  const events = (await api.inject({ url: `/v1/jobs/${job.id}/events?limit=200` })).json<{ items: Event[] }>().items;
  const told = events.filter(({ type }) => type === 'finding').map(({ data }) => data as unknown as Finding);
  assert.deepEqual(codesOf(told).sort(), codesOf(found).sort());

  const { patch } = found.find(({ code }) => code === 'nonFiniteLoss')!;
  const response = await api.inject({ method: 'POST', url: `/v1/jobs/${job.id}/fork`, payload: { patch } });
  assert.equal(response.statusCode, 202, response.body);
  const fork = response.json<Job>();
  await consumer.run({ jobId: fork.id, generation: 1 });
  assert.equal((await api.inject({ url: `/v1/jobs/${fork.id}` })).json<Job>().state, 'succeeded');
  assert.ok(!codesOf(await findingsOf(fork)).includes('nonFiniteLoss'));
});

test('what the data show is found before the first step', async () => {
  const job = await train({
    training: { epochs: 2 },
    dataset: { id: dataset.id, target: 'species', scale: { type: 'none' } },
  });
  const unscaled = (await findingsOf(job)).find(({ code }) => code === 'unscaledFeatures');
  assert.equal(unscaled?.step, 0);
  assert.ok(
    unscaled.evidence.some(({ name }) => name === 'data.size.body_mass_g'),
    JSON.stringify(unscaled),
  );
});

test('the findings of a job that is not there are 404', async () => {
  assert.equal((await api.inject({ url: `/v1/jobs/job_${'0'.repeat(26)}/findings` })).statusCode, 404);
});
