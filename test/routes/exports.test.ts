/** Models taken away over HTTP, and run elsewhere: by onnxruntime, from the file alone. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { promisify } from 'node:util';
import { Tensor } from 'onnxruntime-node';
import { decodeSafetensors, encodeSafetensors } from '../../src/engine/index.js';
import { createPredictor } from '../../src/engine/predict.js';
import type { GenerateResponse } from '../../src/schemas/generate.js';
import type { Job } from '../../src/schemas/job.js';
import type { Model, Prediction } from '../../src/schemas/run.js';
import type { Tokenizer } from '../../src/schemas/tokenizer.js';
import { backends } from '../engine/backends.js';
import { assertAgrees, int64, numbersOf, runOnnx } from '../export/onnx/run.js';
import type { Problem } from './problem-body.js';
import { csv, penguins, specOf, startApi, type TestApi, uploadPenguins } from './support.js';
import { ask, startConsumer, train, upload } from './training.js';

let api: TestApi;
let species: Job;
let visits: Job;
let language: Job;

const day = (row: number) => `2024-0${1 + (row % 9)}-1${row % 10}`;

before(async () => {
  api = await startApi({ LOG_LEVEL: 'error' });
  startConsumer(api);
  species = await train(api, specOf(await uploadPenguins(api)));
  const lines = Array.from({ length: 80 }, (_, row) => `${day(row)},${row % 13},${(row % 13) * 2 + (row % 9)}`);
  const table = await upload(api, csv(['day,rain,visitors', ...lines].join('\n')));
  const dataset = { id: table.id, target: 'visitors', dates: { type: 'cyclical' } };
  visits = await train(api, { dataset, model: { type: 'mlp' }, training: { epochs: 3 } });
  const text = await upload(api, { name: 'file', content: 'abcdefghij'.repeat(80), fileName: 'letters.txt' });
  language = await train(api, {
    ...{ dataset: { id: text.id }, training: { steps: 60, batchSize: 8, sampling: 'randomWindows' } },
    model: { type: 'gpt', layers: 1, heads: 2, width: 16, context: 8 },
    optimizer: { type: 'adamw', learningRate: 0.01 },
  });
});

const take = (job: Job, query = '') => api.inject({ url: `/v1/models/${job.result?.modelId}/export${query}` });

/** Rows of the table as predict takes them, 1,000 of them. */
async function penguinRows(): Promise<Record<string, string | number>[]> {
  const [header = '', ...lines] = (await penguins()).toString().trim().split('\n');
  const names = header.split(',');
  const { features } = (await api.inject({ url: `/v1/models/${species.result?.modelId}` })).json<Model>();
  const types = new Map(features.map(({ name, type }) => [name, type]));
  return Array.from({ length: 1000 }, (_, index) => {
    const cells = lines[index % lines.length]!.split(',');
    const pairs = names.map((name, at): [string, string | number] => {
      const cell = cells[at] ?? '';
      return [name, types.get(name) === 'number' && cell !== '' ? Number(cell) : cell];
    });
    return Object.fromEntries(pairs.filter(([name]) => types.has(name)));
  });
}

test('a model of a table answers raw rows elsewhere as predict does, within 1e-4 + 1e-4 · |p| and with equal labels on 1,000', async () => {
  const file = await take(species);
  assert.equal(file.statusCode, 200, file.body);
  assert.match(String(file.headers['content-disposition']), /mdl_\w+\.onnx"$/);
  const rows = await penguinRows();
  const feeds = Object.keys(rows[0]!).map((name): [string, Tensor] => {
    const values = rows.map((row) => row[name]!);
    const isText = ['island', 'sex'].includes(name);
    const numbers = () => Float64Array.from(values, (value) => (value === '' ? Number.NaN : Number(value)));
    return [
      name,
      isText ? new Tensor('string', values as string[], [1000, 1]) : new Tensor('float64', numbers(), [1000, 1]),
    ];
  });
  const { label, probabilities } = await runOnnx(file.rawPayload, Object.fromEntries(feeds));
  const { predictions } = (await ask(api, species, 'predict', { rows })).json<{ predictions: Prediction[] }>();
  assert.deepEqual(
    label!.data,
    predictions.map((prediction) => prediction.class),
  );
  const expected = predictions.flatMap((prediction) => Object.values(prediction.probabilities!).map(Number));
  assertAgrees(numbersOf(probabilities), expected, 'probabilities');
});

test('a model with cycles of dates is 422 and names the column; without its preparation it takes a matrix', async () => {
  const refused = await take(visits);
  const { code, errors, hint } = refused.json<Problem & { hint: string }>();
  assert.deepEqual(
    [refused.statusCode, code, errors?.[0]?.path, errors?.[0]?.column],
    [422, 'not_exportable', '/query/preparation', 'day'],
  );
  assert.match(hint, /preparation=false/);
  const file = await take(visits, '?preparation=false');
  const inputs = new Tensor('float32', Float32Array.of(0, 1, 0, 1, 0, 1, 0.5), [1, 7]);
  const { value } = await runOnnx(file.rawPayload, { inputs });
  assert.ok(Number.isFinite(numbersOf(value)[0]));
});

test('as safetensors it has the weights alone, and they predict', async () => {
  const file = await take(visits, '?format=safetensors');
  const bytes = Uint8Array.from(file.rawPayload);
  const names = [...decodeSafetensors(bytes).tensors.keys()].sort();
  assert.deepEqual(
    names,
    ['hidden.0', 'hidden.1', 'output'].flatMap((layer) => [`${layer}.bias`, `${layer}.weight`]),
  );
  const predictor = await createPredictor(bytes, backends.at(-1)!);
  const inputs = Float32Array.of(0, 1, 0, 1, 0, 1, 0.5);
  const whole = await api.inject({ url: `/v1/checkpoints/${visits.result?.bestCheckpointId}/file` });
  const original = await createPredictor(Uint8Array.from(whole.rawPayload), backends.at(-1)!);
  assert.deepEqual(predictor.predict(inputs, 1), original.predict(inputs, 1));
});

test('with its tokenizer a language model goes on elsewhere as generate does', async () => {
  const { vocab } = (await api.inject({ url: `/v1/models/${language.result?.modelId}/tokenizer` })).json<Tokenizer>();
  const file = await take(language);
  const prompt = 'defgh';
  const ids = Array.from(prompt, (letter) => vocab[letter]!);
  const dims = [1, ids.length];
  const { logits } = await runOnnx(file.rawPayload, {
    input_ids: int64(ids, dims),
    attention_mask: int64(
      ids.map(() => 1),
      dims,
    ),
  });
  const last = numbersOf(logits).slice(-logits!.dims.at(-1)!);
  const next = Object.keys(vocab).find((letter) => vocab[letter] === last.indexOf(Math.max(...last)));
  const generated = await ask(api, language, 'generate', { prompt, maxTokens: 1, temperature: 0 });
  assert.equal(next, generated.json<GenerateResponse>().text);
});

/** Runs in a folder of its own, after all that Node has and browsers have not is gone. */
const elsewhere = `
const { readFileSync, writeFileSync } = await import('node:fs');
const rows = JSON.parse(readFileSync('rows.json', 'utf8'));
for (const name of ['Buffer', 'process', 'global', 'setImmediate']) delete globalThis[name];
const { predict } = await import('./predict.mjs');
writeFileSync('predictions.json', JSON.stringify(await predict(rows)));
const refused = await predict([{ body_mass_g: 'heavy' }]).catch(({ code, details }) => ({ code, path: details.path }));
writeFileSync('refused.json', JSON.stringify(refused));
`;

test('as a bundle it predicts raw rows in a bare folder as predict does, within 1e-6 + 1e-5 · |p| on 1,000, and refuses what predict does', async () => {
  const file = await take(species, '?format=bundle');
  assert.equal(file.statusCode, 200, file.body);
  const rows = await penguinRows();
  const folder = await mkdtemp(join(tmpdir(), 'trainyard-bundle-'));
  try {
    await writeFile(join(folder, 'predict.mjs'), file.rawPayload);
    await writeFile(join(folder, 'rows.json'), JSON.stringify(rows));
    await writeFile(join(folder, 'run.mjs'), elsewhere);
    await promisify(execFile)(process.execPath, ['run.mjs'], { cwd: folder, env: {} });
    const made = JSON.parse(await readFile(join(folder, 'predictions.json'), 'utf8')) as Prediction[];
    const { predictions } = (await ask(api, species, 'predict', { rows })).json<{ predictions: Prediction[] }>();
    assert.equal(made.length, 1000);
    made.forEach(({ class: chosen, probabilities }, row) => {
      assert.equal(chosen, predictions[row]!.class);
      for (const [name, expected] of Object.entries(predictions[row]!.probabilities!)) {
        const off = Math.abs(Number(probabilities![name]) - Number(expected));
        assert.ok(off <= 1e-6 + 1e-5 * Number(expected), `row ${row}, ${name}: off by ${off}`);
      }
    });
    const refused = JSON.parse(await readFile(join(folder, 'refused.json'), 'utf8'));
    assert.deepEqual(refused, { code: 'invalid_row', path: '/rows/0/body_mass_g' });
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('a bundle of a language model is 422, with ONNX for a hint', async () => {
  const refused = await take(language, '?format=bundle');
  const { code, errors, hint } = refused.json<Problem & { hint: string }>();
  assert.deepEqual([refused.statusCode, code, errors?.[0]?.path], [422, 'not_exportable', '/query/format']);
  assert.match(hint, /ONNX/);
});

test('another format, or a preparation that is neither true nor false, is 400; a model that is not there 404', async () => {
  for (const [query, path] of [
    ['?format=pickle', '/query/format'],
    ['?preparation=maybe', '/query/preparation'],
    ['?opset=17', '/query/opset'],
  ]) {
    const response = await take(species, query);
    assert.deepEqual([response.statusCode, response.json<Problem>().errors?.[0]?.path], [400, path], response.body);
  }
  const missing = await api.inject({ url: '/v1/models/mdl_00000000000000000000000000/export' });
  assert.equal(missing.statusCode, 404);
});

test('nothing of an export stays on disk', async () => {
  assert.equal((await take(species)).statusCode, 200);
  assert.deepEqual(await readdir(join(api.config.dataDir, 'uploads')), []);
});

test('a checkpoint of another version of the engine is 409 for every use, which says how to go on', async () => {
  const { result, id } = language;
  const row = await api.db
    .selectFrom('checkpoints')
    .selectAll()
    .where('id', '=', result!.bestCheckpointId)
    .executeTakeFirstOrThrow();
  const { tensors, metadata } = decodeSafetensors(
    (await api.inject({ url: `/v1/checkpoints/${row.id}/file` })).rawPayload,
  );
  const bytes = encodeSafetensors([...tensors.values()], { ...metadata, 'trainyard.version': '0' });
  const artifactKey = `${row.artifactKey}.old`;
  const { sha256 } = await api.parts.artifacts.put(artifactKey, bytes);
  await api.db.updateTable('checkpoints').set({ artifactKey, sha256 }).where('id', '=', row.id).execute();
  const modelId = result!.modelId;
  for (const format of ['onnx', 'safetensors', 'bundle']) {
    const response = await api.inject({ url: `/v1/models/${modelId}/export?format=${format}` });
    assert.equal(response.statusCode, 409, response.body);
    const problem = response.json<Problem>();
    assert.equal(problem.code, 'outdated_model');
    assert.match(problem.detail, /expected \d+, got 0/);
    assert.match(problem.hint!, new RegExp(`POST /v1/jobs/${id}/fork`));
  }
});
