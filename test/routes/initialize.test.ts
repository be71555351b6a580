/** Jobs that begin with weights which have learnt before: what is taken over, what it must fit, and what goes on learning. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { decodeSafetensors, encodeSafetensors, type Tensor } from '../../src/engine/safetensors.js';
import type { Consumer } from '../../src/run/consumer.js';
import type { Job, Plan } from '../../src/schemas/job.js';
import type { Checkpoint, Verification } from '../../src/schemas/run.js';
import { consumerOf } from '../run/support.js';
import type { Problem } from './problem-body.js';
import { csv, startApi, submit, type TestApi, uploadPenguins } from './support.js';
import { upload } from './training.js';

let api: TestApi;
let penguins: { id: string };
let verse: { id: string };
let consumer: Consumer;
/** Tells the species of penguins by all columns but their sex. */
let species: Job;
/** A language model of one text, by byte pairs. */
let language: Job;

const quick = { training: { epochs: 4 }, earlyStopping: { type: 'none' }, logging: { everySteps: 1 } };
const gpt = { type: 'gpt', layers: 1, heads: 2, width: 16, context: 8 };
const tokenizer = { type: 'bpe', vocabularySize: 300 };
const lines = 'The woods are lovely, dark and deep, but I have promises to keep.\n';

before(async () => {
  api = await startApi();
  consumer = await consumerOf(api.parts);
  penguins = await uploadPenguins(api);
  verse = await upload(api, { name: 'file', fileName: 'verse.txt', content: lines.repeat(20) });
  species = await train(await submit(api, { ...ofPenguins('species', 'sex'), ...quick }));
  language = await train(
    await submit(api, { dataset: { id: verse.id, tokenizer }, model: gpt, training: { steps: 4 } }),
  );
});

const ofPenguins = (target: string, ...ignore: string[]) => ({
  dataset: { id: penguins.id, target, ignore },
  model: { type: 'mlp', hidden: [16, 8] },
});

async function train({ id }: Job): Promise<Job> {
  await consumer.run({ jobId: id, generation: 1 });
  const job = await get<Job>(`jobs/${id}`);
  assert.equal(job.state, 'succeeded', JSON.stringify(job.error));
  return job;
}

const get = async <T>(url: string): Promise<T> => (await api.inject({ url: `/v1/${url}` })).json<T>();
const plan = (payload: object) => api.inject({ method: 'POST', url: '/v1/jobs/plan', payload });
const firstLoss = async ({ id }: Job) =>
  Number((await get<{ series: { values: number[] }[] }>(`jobs/${id}/metrics?names=train.loss`)).series[0]!.values[0]);
const checkpointsOf = async ({ id }: Job) => (await get<{ items: Checkpoint[] }>(`jobs/${id}/checkpoints`)).items;

async function tensorsOf(checkpointId: string) {
  const { rawPayload } = await api.inject({ url: `/v1/checkpoints/${checkpointId}/file` });
  return decodeSafetensors(rawPayload);
}

async function refusal(payload: object) {
  const response = await plan(payload);
  assert.equal(response.statusCode, 422, response.body);
  const { errors, hint } = response.json<Problem>();
  return { ...errors![0]!, hint };
}

test('classes that are others get a last layer of their own; columns are prepared as the source’s', async () => {
  const spec = {
    ...ofPenguins('sex', 'species'),
    ...quick,
    initialize: { from: species.result!.modelId, freeze: ['hidden.0.*'] },
  };
  const expected = {
    source: species.result!.bestCheckpointId,
    taken: 4,
    reinitialized: ['output.weight', 'output.bias'],
    frozen: ['hidden.0.weight', 'hidden.0.bias'],
    corrected: [],
  };
  const planned = (await plan(spec)).json<Plan>();
  assert.deepEqual(planned.initialized, expected);
  const job = await train(await submit(api, spec));
  assert.deepEqual(job.initialized, expected);
  const events = (await get<{ items: { type: string; data: object }[] }>(`jobs/${job.id}/events`)).items;
  assert.deepEqual(events[1], { ...events[1], type: 'initialized', data: expected });

  const [from, to] = [await tensorsOf(expected.source), await tensorsOf(job.result!.bestCheckpointId)];
  for (const name of expected.frozen) assert.deepEqual(to.tensors.get(name)!.data, from.tensors.get(name)!.data);
  const [a, b] = [from, to].map(({ metadata }) => JSON.parse(metadata['preparation']!) as { features: object });
  assert.deepEqual(a!.features, b!.features);
  assert.deepEqual(job.spec.initialize, { names: {}, transposed: [], lora: null, ...spec.initialize });
});

test('the same classes keep the last layer, and the first loss is the source’s, not that of a fresh model', async () => {
  const spec = { ...ofPenguins('species', 'sex'), ...quick, training: { epochs: 1 } };
  const tuned = await train(await submit(api, { ...spec, initialize: { from: species.result!.bestCheckpointId } }));
  assert.deepEqual(tuned.initialized!.reinitialized, []);
  assert.ok((await firstLoss(tuned)) < 0.7 * (await firstLoss(species)));
});

test('corrections of low rank: verified and forked, a run ends in the same bits; the model has plain weights', async () => {
  const spec = {
    ...ofPenguins('sex', 'species'),
    ...{ ...quick, checkpoints: { everyEpochs: 2, minSeconds: 0, keepLast: 5 } },
    initialize: { from: species.result!.modelId, lora: { rank: 2, targets: ['hidden.*.weight'] } },
  };
  const job = await train(await submit(api, spec));
  const { corrected, frozen } = job.initialized!;
  assert.deepEqual(corrected, ['hidden.0.weight', 'hidden.1.weight']);
  assert.deepEqual(frozen, ['hidden.0.bias', 'hidden.1.bias']);
  assert.equal(job.spec.initialize!.lora!.alpha, 16);
  const { rawPayload } = await api.inject({ url: `/v1/models/${job.result!.modelId}/export?format=safetensors` });
  const names = [...decodeSafetensors(rawPayload).tensors.keys()].sort();
  assert.deepEqual(names, [
    'hidden.0.bias',
    'hidden.0.weight',
    'hidden.1.bias',
    'hidden.1.weight',
    'output.bias',
    'output.weight',
  ]);
  const verified = await api.inject({ method: 'POST', url: `/v1/jobs/${job.id}/verify` });
  assert.ok(verified.json<Verification>().ok, verified.body);

  const [last, ...earlier] = await checkpointsOf(job);
  const middle = earlier.at(-1)!;
  const forked = await api.inject({ method: 'POST', url: `/v1/jobs/${job.id}/fork`, payload: { from: middle.id } });
  const ended = await train(forked.json<Job>());
  assert.deepEqual(ended.initialized, job.initialized);
  assert.equal((await checkpointsOf(ended))[0]!.sha256, last!.sha256);
  const other = {
    method: 'POST',
    url: `/v1/jobs/${job.id}/fork`,
    payload: { from: 'last', patch: { initialize: null } },
  } as const;
  assert.equal((await api.inject(other)).json<Problem>().errors![0]!.path, '/initialize');
  const smaller = { ...other, payload: { from: 'last', patch: { model: { hidden: [4] } } } };
  assert.equal((await api.inject(smaller)).statusCode, 422);
  const edit = {
    method: 'PATCH',
    url: `/v1/jobs/${(await submit(api, spec)).id}/training`,
    payload: { steps: 9 },
  } as const;
  assert.equal((await api.inject(edit)).statusCode, 202);
});

test('a registered model is named by its alias, and stands in the spec by its id; one of last weights begins with those', async () => {
  const post = (payload: object) => api.inject({ method: 'POST', url: '/v1/models', payload });
  const best = (await post({ name: 'birds', from: species.id })).json<{ id: string }>();
  const spec = { ...ofPenguins('sex', 'species'), ...quick, initialize: { from: 'birds@latest' } };
  assert.equal((await submit(api, spec)).spec.initialize?.from, best.id);
  await post({ name: 'birds', from: species.id, weights: 'last' });
  assert.ok((await submit(api, spec)).initialized);
});

test('the source may be deleted once the job is accepted', async () => {
  const source = await train(await submit(api, { ...ofPenguins('species', 'sex'), ...quick }));
  const spec = { ...ofPenguins('sex', 'species'), ...quick, initialize: { from: source.result!.modelId } };
  const job = await submit(api, spec);
  assert.equal((await api.inject({ method: 'DELETE', url: `/v1/jobs/${source.id}` })).statusCode, 204);
  await train(job);
  const { code, path } = await refusal(spec);
  assert.deepEqual([path, code], ['/initialize/from', 'no_source']);
});

test('a text is cut into the source’s tokens, which its embeddings are of', async () => {
  const other = await upload(api, {
    name: 'file',
    fileName: 'other.txt',
    content: 'Whose woods these are I think I know.\n'.repeat(30),
  });
  const spec = {
    ...{ dataset: { id: other.id }, model: gpt, training: { steps: 2 } },
    initialize: { from: language.result!.modelId, lora: {} },
  };
  const job = await train(await submit(api, spec));
  assert.deepEqual((job.spec.dataset as { tokenizer: object }).tokenizer, tokenizer);
  assert.deepEqual(job.initialized!.reinitialized, []);
  assert.equal(job.initialized!.corrected.length, 4);
  const vocabularies = await Promise.all(
    [language, job].map(({ result }) => get<{ vocabulary: object }>(`models/${result!.modelId}/tokenizer`)),
  );
  assert.deepEqual({ ...vocabularies[1], modelId: '' }, { ...vocabularies[0], modelId: '' });

  const character = await refusal({ ...spec, dataset: { id: other.id, tokenizer: { type: 'character' } } });
  assert.deepEqual([character.path, character.code], ['/dataset/tokenizer', 'other_preparation']);
});

test('an export that is uploaded is the model again; PyTorch’s names and matrices are mapped to the model’s', async () => {
  const { rawPayload } = await api.inject({ url: `/v1/models/${species.result!.modelId}/export?format=safetensors` });
  const weights = await upload(api, { name: 'file', fileName: 'species.safetensors', content: rawPayload });
  const evaluated = await api.inject({
    ...{ method: 'POST', url: `/v1/models/${species.result!.modelId}/evaluate` },
    payload: { datasetId: weights.id },
  });
  assert.deepEqual([evaluated.statusCode, evaluated.json<Problem>().errors![0]!.path], [422, '/datasetId']);
  const spec = { ...ofPenguins('species', 'sex'), ...quick, training: { epochs: 1 } };
  const job = await train(await submit(api, { ...spec, initialize: { from: weights.id } }));
  assert.deepEqual(
    [job.initialized!.source, job.initialized!.taken, job.initialized!.reinitialized],
    [weights.id, 6, []],
  );
  const scratch = await train(await submit(api, spec));
  assert.ok((await firstLoss(job)) < 0.7 * (await firstLoss(scratch)));

  const { tensors } = decodeSafetensors(rawPayload);
  const [first, bias] = ['hidden.0.weight', 'hidden.0.bias'].map((name) => tensors.get(name)!) as [Tensor, Tensor];
  const [inputs, units] = first.shape as [number, number];
  const turned = Float32Array.from({ length: inputs * units }, (_, at) =>
    Number(first.data[(at % inputs) * units + Math.floor(at / inputs)]),
  );
  const torch = encodeSafetensors([
    { name: 'fc1.weight', dtype: 'F32', shape: [units, inputs], data: turned },
    { ...bias, name: 'fc1.bias' },
  ]);
  const other = await upload(api, { name: 'file', fileName: 'torch.safetensors', content: Buffer.from(torch) });
  const names = { 'fc1.weight': 'hidden.0.weight', 'fc1.bias': 'hidden.0.bias' };
  const initialize = { from: other.id, names, transposed: ['fc*'], freeze: ['hidden.0.*'] };
  const tuned = await train(await submit(api, { ...spec, initialize }));
  const after = (await tensorsOf(tuned.result!.bestCheckpointId)).tensors;
  assert.deepEqual(after.get('hidden.0.weight')!.data, first.data);
  assert.deepEqual(after.get('hidden.0.bias')!.data, bias.data);
  const untold = await refusal({ ...spec, initialize: { from: other.id, names } });
  assert.deepEqual([untold.path, untold.code], ['/initialize/names/fc1.weight', 'other_shape']);
  assert.match(untold.hint!, /transposed/);

  const learnt = await refusal({ dataset: { id: weights.id, target: 'a' }, model: spec.model });
  assert.deepEqual([learnt.path, learnt.code], ['/dataset/id', 'unsuitable_dataset']);
  const table = await refusal({ ...spec, initialize: { from: penguins.id } });
  assert.deepEqual([table.path, table.code], ['/initialize/from', 'unsuitable_dataset']);
  for (const url of ['profile', 'preview']) {
    assert.equal((await api.inject({ url: `/v1/datasets/${weights.id}/${url}` })).statusCode, 422);
  }
});

test('what means nothing to the source’s weights is refused by name', async () => {
  const from = species.result!.modelId;
  const spec = ofPenguins('sex', 'species');
  const table = await upload(api, csv(`a,b\n${Array.from({ length: 20 }, (_, i) => `${i},${i % 2}\n`).join('')}`));
  const cases: [body: object, path: string, code: string][] = [
    [{ ...spec, initialize: { from: language.result!.modelId } }, '/initialize/from', 'other_preparation'],
    [{ dataset: { id: verse.id }, model: gpt, initialize: { from } }, '/initialize/from', 'other_preparation'],
    [
      { dataset: { id: table.id, target: 'b' }, model: spec.model, initialize: { from } },
      '/dataset',
      'other_preparation',
    ],
    [{ ...ofPenguins('sex', 'island'), initialize: { from } }, '/dataset', 'other_preparation'],
    [
      { ...spec, dataset: { ...spec.dataset, scale: { type: 'minMax' } }, initialize: { from } },
      '/dataset/scale',
      'other_preparation',
    ],
    [
      { ...spec, dataset: { ...spec.dataset, split: { type: 'random', folds: 3 } }, initialize: { from } },
      '/dataset/split/folds',
      'unsuitable_field',
    ],
    [{ ...spec, model: { type: 'mlp', hidden: [5] }, initialize: { from } }, '/initialize/from', 'nothing_taken'],
    [{ ...spec, initialize: { from: 'mdl_00000000000000000000000000' } }, '/initialize/from', 'no_source'],
    [{ ...spec, initialize: { from, freeze: ['hiden.*'] } }, '/initialize/freeze/0', 'unknown_name'],
    [{ ...ofPenguins('species', 'sex'), initialize: { from, freeze: ['*'] } }, '/initialize/freeze', 'nothing_learns'],
    [{ ...spec, initialize: { from, lora: { targets: ['*.bias'] } } }, '/initialize/lora/targets/0', 'unknown_name'],
    [{ ...spec, initialize: { from, names: { other: 'hidden.0.weight' } } }, '/initialize/names/other', 'unknown_name'],
    [
      { ...spec, initialize: { from, names: { 'hidden.0.weight': 'hidden.7.weight' } } },
      '/initialize/names/hidden.0.weight',
      'unknown_name',
    ],
    [
      { ...spec, initialize: { from, names: { 'hidden.0.bias': 'hidden.1.bias' } } },
      '/initialize/names/hidden.0.bias',
      'ambiguous_name',
    ],
    [
      { ...spec, initialize: { from, names: { 'hidden.0.bias': 'hidden.1.bias', 'hidden.1.bias': 'hidden.0.bias' } } },
      '/initialize/names/hidden.0.bias',
      'other_shape',
    ],
    [{ ...spec, initialize: { from, transposed: ['*.bias'] } }, '/initialize/transposed/0', 'unknown_name'],
  ];
  for (const [body, path, code] of cases) {
    const { path: gotPath, code: gotCode } = await refusal(body);
    assert.deepEqual([gotPath, gotCode], [path, code], JSON.stringify(body));
  }
  const { hint } = await refusal({ ...spec, initialize: { from, freeze: ['hidden.0.wieght'] } });
  assert.equal(hint, 'did you mean "hidden.0.weight"?');
});

test('what is no `initialize` is refused by its schema', async () => {
  const from = species.result!.modelId;
  const cases: [initialize: unknown, path: string][] = [
    [{}, '/initialize/from'],
    [{ from: 'job_00000000000000000000000000' }, '/initialize/from'],
    [{ from, freeze: 'hidden' }, '/initialize/freeze'],
    [{ from, lora: { rank: 0 } }, '/initialize/lora/rank'],
    [{ from, lora: { alpha: 0 } }, '/initialize/lora/alpha'],
    [{ from, lora: { targets: [] } }, '/initialize/lora/targets'],
    [{ from, names: { a: 1 } }, '/initialize/names/a'],
    [{ from, transposed: [''] }, '/initialize/transposed/0'],
    [{ from, layers: [] }, '/initialize/layers'],
  ];
  for (const [initialize, path] of cases) {
    const response = await plan({ ...ofPenguins('sex', 'species'), initialize });
    assert.equal(response.statusCode, 400, response.body);
    assert.equal(response.json<Problem>().errors![0]!.path, path, response.body);
  }
});
