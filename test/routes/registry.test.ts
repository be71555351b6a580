/** Models registered under a name: versions, aliases, the names by which they are asked, their cards, and what keeps them. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { decodeSafetensors } from '../../src/engine/index.js';
import type { Job } from '../../src/schemas/job.js';
import type { ModelDetails } from '../../src/schemas/model.js';
import type { Checkpoint, Model, Prediction } from '../../src/schemas/run.js';
import { consumerOf } from '../run/support.js';
import type { Problem } from './problem-body.js';
import { specOf, startApi, submit, type TestApi, uploadPenguins } from './support.js';

let api: TestApi;
let job: Job;
let checkpoints: Checkpoint[];
const row = { island: 'Biscoe', bill_length_mm: 50, bill_depth_mm: 15, flipper_length_mm: 220 };

before(async () => {
  api = await startApi();
  const spec = specOf(await uploadPenguins(api), {
    name: 'penguins',
    optimizer: { type: 'adam', learningRate: 0.5 }, // the last weights are not the best
    training: { epochs: 6 },
    checkpoints: { everyEpochs: 2, minSeconds: 0, keepLast: 9 },
  });
  const { id } = await submit(api, spec);
  await (await consumerOf(api.parts)).run({ jobId: id, generation: 1 });
  job = (await api.inject({ url: `/v1/jobs/${id}` })).json<Job>();
  const listed = await api.inject({ url: `/v1/jobs/${id}/checkpoints` });
  checkpoints = listed.json<{ items: Checkpoint[] }>().items;
});

const post = (payload: object) => api.inject({ method: 'POST', url: '/v1/models', payload });
const register = async (payload: object) => {
  const response = await post(payload);
  assert.ok([200, 201].includes(response.statusCode), response.body);
  return response.json<Model>();
};
const read = (id: string) => api.inject({ url: `/v1/models/${id}` });
const remove = (id: string) => api.inject({ method: 'DELETE', url: `/v1/models/${id}` });
const alias = (id: string, name: string, method: 'PUT' | 'DELETE' = 'PUT') =>
  api.inject({ method, url: `/v1/models/${id}/aliases/${name}` });
const codeOf = (response: { statusCode: number; json<T>(): T }) => [response.statusCode, response.json<Problem>().code];

test('versions count up below a name, and the same weights again are the version that they were', async () => {
  const first = await register({ name: 'birds', from: job.id });
  assert.deepEqual([first.version, first.jobId, first.weights], [1, job.id, 'best']);
  assert.equal(first.checkpointId, job.result!.bestCheckpointId);
  const again = await post({ name: 'birds', from: first.checkpointId });
  assert.deepEqual([again.statusCode, again.json<Model>().id], [200, first.id]);
  const second = await register({ name: 'birds', from: job.id, weights: 'last' });
  const third = await register({ name: 'birds', from: checkpoints.at(-1)!.id });
  assert.deepEqual([second.version, third.version, third.checkpointId], [2, 3, checkpoints.at(-1)!.id]);
  const listed = (await api.inject({ url: '/v1/models?name=birds' })).json<{ items: Model[] }>().items;
  assert.deepEqual(
    listed.map(({ id }) => id),
    [third.id, second.id, first.id],
  );
});

test('registered together, each gets a version of its own', async () => {
  const requests = checkpoints.flatMap(({ id }) => [{ from: id }, { from: id, weights: 'last' }]);
  const models = await Promise.all(requests.map((request) => register({ name: 'together', ...request })));
  const versions = models.map(({ version }) => version!).sort((a, b) => a - b);
  assert.deepEqual(
    versions,
    Array.from(requests, (_, index) => index + 1),
  );
});

test('weights are what was asked for, in export and in predict: the best, or those at the step', async () => {
  const file = await api.inject({ url: `/v1/checkpoints/${job.result!.bestCheckpointId}/file` });
  const { tensors } = decodeSafetensors(file.rawPayload);
  const exported = async (id: string) => {
    const { rawPayload } = await api.inject({ url: `/v1/models/${id}/export?format=safetensors` });
    return [...decodeSafetensors(rawPayload).tensors.values()].map(({ data }) => data);
  };
  const best = await register({ name: 'weights', from: job.id });
  const last = await register({ name: 'weights', from: job.id, weights: 'last' });
  const names = [...tensors.keys()].filter((name) => !name.startsWith('resume/'));
  const data = (prefix: string) => names.map((name) => tensors.get(prefix + name)!.data);
  assert.deepEqual(await exported(best.id), data(''));
  assert.deepEqual(await exported(last.id), data('resume/weights/'));
  const predicted = async (id: string) => {
    const response = await api.inject({ method: 'POST', url: `/v1/models/${id}/predict`, payload: { rows: [row] } });
    return response.json<{ predictions: Prediction[] }>().predictions[0]!.probabilities;
  };
  assert.notDeepEqual(await predicted(last.id), await predicted(best.id));
  assert.deepEqual(await predicted(job.result!.modelId), await predicted(best.id));
});

test('a name with latest, a version or an alias is a model wherever an id is, percent-encoded or not', async () => {
  const [one, two] = [
    await register({ name: 'named', from: job.id }),
    await register({ name: 'named', from: job.id, weights: 'last' }),
  ];
  assert.equal((await alias('named@1', 'prod')).json<Model>().id, one.id);
  for (const [name, { id }] of [
    ['named@latest', two],
    ['named@2', two],
    ['named@prod', one],
    ['named%40prod', one],
  ] as const) {
    assert.equal((await read(name)).json<Model>().id, id, name);
    const asked = await api.inject({ method: 'POST', url: `/v1/models/${name}/predict`, payload: { rows: [row] } });
    assert.equal(asked.json<{ modelId: string }>().modelId, id, name);
  }
  const moved = await alias('named@latest', 'prod');
  assert.deepEqual(moved.json<Model>().aliases, ['prod']);
  assert.equal((await read('named@prod')).json<Model>().id, two.id);
  assert.deepEqual((await read(one.id)).json<Model>().aliases, []);
  assert.deepEqual(codeOf(await alias(one.id, 'prod', 'DELETE')), [404, 'not_found'], 'it points elsewhere');
  assert.equal((await alias(two.id, 'prod', 'DELETE')).statusCode, 204);
  assert.deepEqual(codeOf(await read('named@prod')), [404, 'not_found']);
});

test('a card tells data, split, metrics, spec, lineage and the preparation as it was fitted', async () => {
  const forked = await api.inject({ method: 'POST', url: `/v1/jobs/${job.id}/fork`, payload: { from: 'best' } });
  const fork = forked.json<Job>();
  await (await consumerOf(api.parts)).run({ jobId: fork.id, generation: 1 });
  const { id } = await register({ name: 'cards', from: fork.id });
  const { card } = (await read(id)).json<ModelDetails>();
  const { spec, result } = (await api.inject({ url: `/v1/jobs/${fork.id}` })).json<Job>();
  assert.equal(card.dataset.id, spec.dataset.id);
  assert.deepEqual(card.spec, spec);
  assert.deepEqual(card.split.spec, spec.dataset.split);
  assert.deepEqual(card.metrics.final, result!.metrics);
  assert.equal(card.split.rows?.train, result!.metrics.train.rows);
  assert.deepEqual(card.lineage.jobs, [job.id, fork.id]);
  const { preparation } = card;
  assert.ok(preparation?.kind === 'columns');
  const island = preparation.features.find(({ name }) => name === 'island');
  assert.ok(island?.type === 'category');
  assert.deepEqual(island.values, ['Biscoe', 'Dream', 'Torgersen']);
  const own = (await read(job.result!.modelId)).json<ModelDetails>();
  assert.deepEqual([own.version, own.name, own.card.preparation?.kind], [null, 'penguins', 'columns']);
  const early = await register({ name: 'cards', from: checkpoints.at(-1)!.id });
  assert.equal((await read(early.id)).json<ModelDetails>().card.metrics.final, null, 'of other weights');
});

test('a model stays while an alias points to it, its job while a model was registered from it, a job’s own with the job', async () => {
  const { id: jobId } = await submit(api, job.spec);
  await (await consumerOf(api.parts)).run({ jobId, generation: 1 });
  const { id, checkpointId } = await register({ name: 'kept', from: jobId });
  await alias(id, 'prod');
  assert.deepEqual(codeOf(await remove('kept@prod')), [409, 'in_use']);
  assert.match((await remove(id)).json<Problem>().detail, /kept@prod/);
  const deleteJob = () => api.inject({ method: 'DELETE', url: `/v1/jobs/${jobId}` });
  assert.deepEqual(codeOf(await deleteJob()), [409, 'in_use']);
  const owned = (await api.inject({ url: `/v1/jobs/${jobId}` })).json<Job>().result!.modelId;
  assert.deepEqual(codeOf(await remove(owned)), [409, 'in_use']);
  assert.deepEqual(codeOf(await alias(owned, 'prod')), [409, 'unsuitable_model']);
  await alias(id, 'prod', 'DELETE');
  assert.equal((await remove(id)).statusCode, 204);
  assert.deepEqual(codeOf(await read(id)), [404, 'not_found']);
  const { version } = await register({ name: 'kept', from: checkpointId });
  assert.equal(version, 2, 'a version is used once');
  await remove('kept@2');
  assert.equal((await deleteJob()).statusCode, 204);
  assert.deepEqual(codeOf(await read(owned)), [404, 'not_found']);
});

const absent = '0'.repeat(26);
const bad: Record<string, [body: object, status: number, path?: string]> = {
  'a name with an @': [{ name: 'a@b', from: 'job' }, 400, '/name'],
  'an empty name': [{ name: '', from: 'job' }, 400, '/name'],
  'a name of 101 characters': [{ name: 'a'.repeat(101), from: 'job' }, 400, '/name'],
  'no name': [{ from: 'job' }, 400, '/name'],
  'nothing to register': [{ name: 'a' }, 400, '/from'],
  'a dataset': [{ name: 'a', from: `ds_${absent}` }, 400, '/from'],
  'other weights': [{ name: 'a', from: 'job', weights: 'worst' }, 400, '/weights'],
  'a job that is not there': [{ name: 'a', from: `job_${absent}` }, 404],
  'a checkpoint that is not there': [{ name: 'a', from: `ckpt_${absent}` }, 404],
};
for (const [title, [body, status, path]] of Object.entries(bad)) {
  test(`registering ${title} is ${status}${path ? ` at ${path}` : ''}`, async () => {
    const named = 'from' in body && body.from === 'job' ? { ...body, from: job.id } : body;
    const response = await post(named);
    assert.deepEqual([response.statusCode, response.json<Problem>().errors?.[0]?.path], [status, path], response.body);
  });
}

test('a job that has no checkpoint yet has no model; latest is not to be set; nothing is named by half', async () => {
  const { id } = await submit(api, job.spec);
  assert.deepEqual(codeOf(await post({ name: 'early', from: id })), [404, 'not_found']);
  const set = await alias('birds@1', 'latest');
  assert.deepEqual([set.statusCode, set.json<Problem>().errors?.[0]?.path], [400, '/params/alias']);
  for (const name of ['birds', 'birds@', 'birds@0', '@prod', 'birds@Prod'])
    assert.deepEqual(codeOf(await read(name)), [404, 'not_found'], name);
});
