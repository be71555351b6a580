/** What a client gets wrong is answered with where and why, and leaves neither row nor file behind: one long table of cases. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { InjectOptions } from 'fastify';
import type { Problem as ProblemBody } from './problem-body.js';
import { csv, specOf, startApi, submit, type TestApi, uploadPenguins, uploadRequest } from './support.js';

let api: TestApi;
let penguins: { id: string };
/** Rows enough for a split; `text` differs in each row, `same` never does. */
let table: { id: string };

before(async () => {
  api = await startApi();
  penguins = await uploadPenguins(api);
  const rows = Array.from(
    { length: 60 },
    (_, i) => `${i % 7},${i % 2 ? 'a' : 'b'},words of row ${i} that differ,one,${i * 1.5}`,
  );
  const response = await api.inject(uploadRequest(csv(['n,class,text,same,real', ...rows].join('\n'))));
  assert.equal(response.statusCode, 201, response.body);
  table = response.json<{ id: string }>();
});

interface Expected {
  status: number;
  code: string;
  /** Of the first error. */
  path?: string;
  /** The finer code of the first error. */
  fine?: string;
  row?: number;
  /** Found in the detail. */
  detail?: RegExp;
  hint?: RegExp;
}

const post = (payload: object | string): InjectOptions => ({
  method: 'POST',
  url: '/v1/jobs',
  payload,
  headers: { 'content-type': 'application/json' },
});
const onPenguins = (more: object) => () => post(specOf(penguins, more));
const onTable =
  (dataset: object, more: object = {}) =>
  () =>
    post({ dataset: { id: table.id, ignore: ['same'], ...dataset }, model: { type: 'mlp' }, ...more });
/** A classifier of the table's texts. */
const onText = (model: object) => () => post({ dataset: { id: table.id, target: 'class', text: 'text' }, model });
const upload = (content: string) => () => uploadRequest(csv(content));

const cases: Record<string, [() => InjectOptions, Expected]> = {
  'an empty file': [upload(''), { status: 422, code: 'invalid_dataset', path: '/file', fine: 'empty_dataset' }],
  'a header only': [upload('a,b\n'), { status: 422, code: 'invalid_dataset', path: '/file', fine: 'no_rows' }],
  'a ragged row': [
    upload('a,b\n1,2\n1,2,3\n'),
    { status: 422, code: 'invalid_dataset', path: '/file', fine: 'ragged_row', row: 3, detail: /2.*3/ },
  ],
  'duplicate column names': [
    upload('a,b,a\n1,2,3\n'),
    { status: 422, code: 'invalid_dataset', path: '/file', fine: 'duplicate_column', detail: /"a"/ },
  ],
  'a column name of 300 characters': [
    upload(`${'n'.repeat(300)},b\n1,2\n`),
    { status: 422, code: 'invalid_dataset', path: '/file', fine: 'column_name_too_long', detail: /300/ },
  ],
  'a JSON body for an upload': [
    () => ({ method: 'POST', url: '/v1/datasets', payload: { file: 'a,b' } }),
    { status: 415, code: 'unsupported_media_type', detail: /multipart\/form-data/ },
  ],
  'a text body for a job': [
    () => ({ method: 'POST', url: '/v1/jobs', payload: 'x', headers: { 'content-type': 'text/plain' } }),
    { status: 415, code: 'unsupported_media_type', detail: /application\/json/ },
  ],
  'a picture for a table': [
    () => uploadRequest({ name: 'file', content: 'x', fileName: 'x.png', type: 'image/png' }),
    { status: 415, code: 'unsupported_media_type', path: '/file', detail: /format/ },
  ],
  'an upload without a file': [
    () => uploadRequest({ name: 'name', content: 'x' }),
    { status: 400, code: 'invalid_request', path: '/file', detail: /missing/ },
  ],
  'an upload with an unknown field': [
    () => uploadRequest(csv('a,b\n1,2\n'), { name: 'fromat', content: 'csv' }),
    { status: 400, code: 'invalid_request', path: '/fromat', hint: /"format"/ },
  ],
  'an upload in an unknown format': [
    () => uploadRequest({ name: 'format', content: 'xls' }, csv('a,b\n1,2\n')),
    { status: 400, code: 'invalid_request', path: '/format', detail: /csv,tsv,jsonl/ },
  ],
  'no target': [
    () => post({ dataset: { id: penguins.id }, model: { type: 'mlp' } }),
    { status: 422, code: 'invalid_spec', path: '/dataset/target', fine: 'missing_target', detail: /required/ },
  ],
  'a target that is no column': [
    onTable({ target: 'clas' }),
    { status: 422, code: 'invalid_spec', path: '/dataset/target', fine: 'unknown_column', hint: /"class"/ },
  ],
  'a target with one class': [
    onTable({ target: 'same', ignore: [] }, { task: 'classification' }),
    { status: 422, code: 'invalid_spec', path: '/dataset/target', fine: 'single_class' },
  ],
  'a constant column': [
    onTable({ target: 'class', ignore: [] }),
    {
      status: 422,
      code: 'invalid_spec',
      path: '/dataset/ignore',
      fine: 'constant_column',
      hint: /"same".*dataset\.ignore/,
    },
  ],
  'a text target for regression': [
    onTable({ target: 'text' }, { task: 'regression' }),
    { status: 422, code: 'invalid_spec', path: '/dataset/target', fine: 'unsuitable_target' },
  ],
  'a dataset that is not there': [
    () => post(specOf({ id: `ds_${'0'.repeat(26)}` })),
    { status: 422, code: 'invalid_spec', path: '/dataset/id', fine: 'unknown_dataset' },
  ],
  'batchSize 0': [
    onPenguins({ training: { batchSize: 0 } }),
    { status: 400, code: 'invalid_request', path: '/training/batchSize', detail: />= 1; got 0/ },
  ],
  'batchSize 1e9': [
    onPenguins({ training: { batchSize: 1e9 } }),
    { status: 400, code: 'invalid_request', path: '/training/batchSize', detail: /<= 1000000/ },
  ],
  'hidden [1e9, 1e9]': [
    onPenguins({ model: { type: 'mlp', hidden: [1e9, 1e9] } }),
    { status: 400, code: 'invalid_request', path: '/model/hidden/0', detail: /<= 1000000/ },
  ],
  'a convolution over rows of numbers': [
    onPenguins({ model: { type: 'sequential', layers: [{ type: 'conv2d', filters: 4, kernel: 3 }] } }),
    { status: 422, code: 'invalid_spec', path: '/model/layers/0', detail: /channels, height, width/ },
  ],
  'a kernel larger than its input': [
    onPenguins({
      model: { type: 'sequential', inputShape: [1, 1, 9], layers: [{ type: 'conv2d', filters: 4, kernel: 3 }] },
    }),
    { status: 422, code: 'invalid_spec', path: '/model/layers/0', detail: /expected .*got/ },
  ],
  'an input shape of another size than the columns': [
    onPenguins({ model: { type: 'sequential', inputShape: [1, 28, 28], layers: [{ type: 'flatten' }] } }),
    { status: 422, code: 'invalid_spec', path: '/model/inputShape', detail: /takes 784 numbers a row, got 9/ },
  ],
  'heads that do not divide the width': [
    onText({ type: 'bert', heads: 3, width: 64, context: 16 }),
    { status: 422, code: 'invalid_spec', path: '/model', detail: /heads that divide the width 64, got 3 heads/ },
  ],
  'an unknown pooling': [
    onText({ type: 'bert', pooling: 'max' }),
    { status: 400, code: 'invalid_request', path: '/model/pooling', detail: /class.*mean.*"max"/ },
  ],
  'an unknown tokenizer': [
    onTable({ target: 'class', text: 'text', tokenizer: { type: 'words' } }),
    { status: 400, code: 'invalid_request', path: '/dataset/tokenizer/type', detail: /character/ },
  ],
  'an unknown scale': [
    onTable({ target: 'class', scale: { type: 'standart' } }),
    { status: 400, code: 'invalid_request', path: '/dataset/scale/type', detail: /minMax/, hint: /"standard"/ },
  ],
  'an unknown scale of one column': [
    onTable({ target: 'class', columns: { n: { scale: { type: 'standart' } } } }),
    { status: 400, code: 'invalid_request', path: '/dataset/columns/n/scale/type', hint: /"standard"/ },
  ],
  'an unknown setting of one column': [
    onTable({ target: 'class', columns: { n: { scal: { type: 'none' } } } }),
    { status: 400, code: 'invalid_request', path: '/dataset/columns/n/scal', hint: /"scale"/ },
  ],
  'a setting that the column’s type does not have': [
    onTable({ target: 'class', columns: { n: { dates: { type: 'parts' } } } }),
    { status: 422, code: 'invalid_spec', path: '/dataset/columns/n/dates', fine: 'unsuitable_field' },
  ],
  'settings of a column that is not there': [
    onTable({ target: 'class', columns: { raal: {} } }),
    { status: 422, code: 'invalid_spec', path: '/dataset/columns/raal', fine: 'unknown_column', hint: /"real"/ },
  ],
  'an unknown fill': [
    onTable({ target: 'class', missing: { type: 'impute', numbers: { type: 'average' } } }),
    { status: 400, code: 'invalid_request', path: '/dataset/missing/numbers/type', detail: /median/ },
  ],
  'a fill in words': [
    onTable({ target: 'class', missing: { type: 'impute', numbers: { type: 'constant', value: 'zero' } } }),
    { status: 400, code: 'invalid_request', path: '/dataset/missing/numbers/value', detail: /number/ },
  ],
  'an indicator in words': [
    onTable({ target: 'class', missing: { type: 'impute', indicator: 'yes' } }),
    { status: 400, code: 'invalid_request', path: '/dataset/missing/indicator', detail: /boolean/ },
  ],
  'a factor below 0': [
    onTable({ target: 'class', outliers: { type: 'clipIqr', factor: -1 } }),
    { status: 400, code: 'invalid_request', path: '/dataset/outliers/factor', detail: />= 0; got -1/ },
  ],
  'quantiles in the wrong order': [
    onTable({ target: 'class', outliers: { type: 'clipQuantiles', lower: 0.9, upper: 0.1 } }),
    { status: 400, code: 'invalid_request', path: '/dataset/outliers/lower', detail: /<= 0.49/ },
  ],
  'a least count of 0': [
    onTable({ target: 'class', categories: { type: 'oneHot', minCount: 0 } }),
    { status: 400, code: 'invalid_request', path: '/dataset/categories/minCount', detail: />= 1/ },
  ],
  'an order without values': [
    onTable({ target: 'n', columns: { class: { categories: { type: 'ordered' } } } }),
    { status: 400, code: 'invalid_request', path: '/dataset/columns/class/categories/values', detail: /missing/ },
  ],
  'an order that lacks a value': [
    onTable({ target: 'n', columns: { class: { categories: { type: 'ordered', values: ['b', 'c'] } } } }),
    {
      status: 422,
      code: 'invalid_spec',
      path: '/dataset/columns/class/categories/values',
      fine: 'incomplete_order',
      detail: /"a"/,
    },
  ],
  'no part of dates': [
    onTable({ target: 'class', dates: { type: 'parts', parts: [] } }),
    { status: 400, code: 'invalid_request', path: '/dataset/dates/parts', detail: /at least 1/ },
  ],
  'an unknown period': [
    onTable({ target: 'class', dates: { type: 'cyclical', periods: ['moon'] } }),
    { status: 400, code: 'invalid_request', path: '/dataset/dates/periods/0', detail: /month/ },
  ],
  'a split by a column of other words': [
    onTable({ target: 'n', split: { type: 'column', column: 'class' } }),
    { status: 422, code: 'invalid_spec', path: '/dataset/split/column', fine: 'unknown_part', detail: /"a"/ },
  ],
  'a split by times that are texts': [
    onTable({ target: 'class', split: { type: 'time', column: 'text' } }),
    { status: 422, code: 'invalid_spec', path: '/dataset/split/column', fine: 'unsuitable_column' },
  ],
  'folds beside a share to validate': [
    onTable({ target: 'class', split: { type: 'random', folds: 5, validation: 0.2 } }),
    { status: 422, code: 'invalid_spec', path: '/dataset/split/validation', fine: 'unsuitable_field', hint: /leave/ },
  ],
  'one fold': [
    onTable({ target: 'class', split: { type: 'random', folds: 1 } }),
    { status: 400, code: 'invalid_request', path: '/dataset/split/folds', detail: />= 2/ },
  ],
  'folds of a split by times': [
    onTable({ target: 'class', split: { type: 'time', column: 'n', folds: 5 } }),
    { status: 400, code: 'invalid_request', path: '/dataset/split/folds' },
  ],
  'a split by groups that are not there': [
    onTable({ target: 'class', split: { type: 'grouped', column: 'textt' } }),
    { status: 422, code: 'invalid_spec', path: '/dataset/split/column', fine: 'unknown_column', hint: /"text"/ },
  ],
  'a split by groups without their column': [
    onTable({ target: 'class', split: { type: 'grouped' } }),
    { status: 400, code: 'invalid_request', path: '/dataset/split/column', detail: /missing/ },
  ],
  'an unknown way with missing values': [
    onTable({ target: 'class', missing: { type: 'imputed' } }),
    { status: 400, code: 'invalid_request', path: '/dataset/missing/type', hint: /"impute"/ },
  ],
  'a category of no characters to fill in': [
    onTable({ target: 'class', missing: { type: 'impute', categories: { type: 'constant', value: '' } } }),
    { status: 400, code: 'invalid_request', path: '/dataset/missing/categories/value', detail: /at least 1/ },
  ],
  'an unknown way with outliers': [
    onTable({ target: 'class', outliers: { type: 'clip' } }),
    { status: 400, code: 'invalid_request', path: '/dataset/outliers/type', detail: /clipIqr/ },
  ],
  'an upper quantile above 1': [
    onTable({ target: 'class', outliers: { type: 'clipQuantiles', upper: 1.1 } }),
    { status: 400, code: 'invalid_request', path: '/dataset/outliers/upper', detail: /<= 1/ },
  ],
  'an unknown encoding of categories': [
    onTable({ target: 'class', categories: { type: 'onehot' } }),
    { status: 400, code: 'invalid_request', path: '/dataset/categories/type', hint: /"oneHot"/ },
  ],
  'an unknown encoding of dates': [
    onTable({ target: 'class', dates: { type: 'part' } }),
    { status: 400, code: 'invalid_request', path: '/dataset/dates/type', hint: /"parts"/ },
  ],
  'shares of groups that leave none to train on': [
    onTable({ target: 'class', split: { type: 'grouped', column: 'text', validation: 0.5, test: 0.5 } }),
    { status: 422, code: 'invalid_spec', path: '/dataset/split', fine: 'invalid_split' },
  ],
  'a share of times above 0.9': [
    onTable({ target: 'class', split: { type: 'time', column: 'n', test: 0.95 } }),
    { status: 400, code: 'invalid_request', path: '/dataset/split/test', detail: /<= 0.9/ },
  ],
  'an unknown balance': [
    onTable({ target: 'class', balance: { type: 'oversampled' } }),
    { status: 400, code: 'invalid_request', path: '/dataset/balance/type', hint: /"oversample"/ },
  ],
  'an unknown way with duplicates': [
    onTable({ target: 'class', duplicates: { type: 'dropp' } }),
    { status: 400, code: 'invalid_request', path: '/dataset/duplicates/type', hint: /"drop"/ },
  ],
  'balance of a regression': [
    onTable({ target: 'real', balance: { type: 'undersample' } }),
    { status: 422, code: 'invalid_spec', path: '/dataset/balance/type', fine: 'unsuitable_field' },
  ],
  'a vocabulary smaller than the bytes': [
    onTable({ target: 'class', text: 'text', tokenizer: { type: 'bpe', vocabularySize: 255 } }),
    { status: 400, code: 'invalid_request', path: '/dataset/tokenizer/vocabularySize', detail: />= 260; got 255/ },
  ],
  'a vocabulary that is half a token': [
    onTable({ target: 'class', text: 'text', tokenizer: { type: 'bpe', vocabularySize: 300.5 } }),
    { status: 400, code: 'invalid_request', path: '/dataset/tokenizer/vocabularySize', detail: /integer/ },
  ],
  'random windows of a table': [
    onPenguins({ training: { sampling: 'randomWindows' } }),
    { status: 422, code: 'invalid_spec', path: '/training/sampling', detail: /expected epoch.*got randomWindows/ },
  ],
  'fromLogits in words': [
    onPenguins({ loss: { type: 'binaryCrossEntropy', fromLogits: 'no' } }),
    { status: 400, code: 'invalid_request', path: '/loss/fromLogits', detail: /boolean/ },
  ],
  'allowKernelChange in words': [
    () => ({ ...post({ allowKernelChange: 'yes' }), url: `/v1/jobs/job_${'0'.repeat(26)}/resume` }),
    { status: 400, code: 'invalid_request', path: '/allowKernelChange', detail: /boolean/ },
  ],
  'hidden [1e6, 1e6]': [
    onPenguins({ model: { type: 'mlp', hidden: [1e6, 1e6] } }),
    { status: 422, code: 'exceeds_memory' },
  ],
  'learning rate −1': [
    onPenguins({ optimizer: { type: 'adam', learningRate: -1 } }),
    { status: 400, code: 'invalid_request', path: '/optimizer/learningRate', detail: /> 0; got -1/ },
  ],
  'learning rate "0.1"': [
    onPenguins({ optimizer: { type: 'adam', learningRate: '0.1' } }),
    { status: 400, code: 'invalid_request', path: '/optimizer/learningRate', detail: /expected number; got "0.1"/ },
  ],
  'an unknown optimizer': [
    onPenguins({ optimizer: { type: 'adan' } }),
    {
      status: 400,
      code: 'invalid_request',
      path: '/optimizer/type',
      detail: /gradientDescent, sgd, rmsprop, adagrad, adam, adamw/,
      hint: /"adam"/,
    },
  ],
  'an optimizer without a type': [
    onPenguins({ optimizer: { learningRate: 1 } }),
    { status: 400, code: 'invalid_request', path: '/optimizer/type', detail: /adam/ },
  ],
  'a field learningrate': [
    onPenguins({ optimizer: { type: 'adam', learningrate: 0.1 } }),
    { status: 400, code: 'invalid_request', path: '/optimizer/learningrate', hint: /"learningRate"/ },
  ],
  'a word where a list or auto may stand': [
    onPenguins({ evaluation: { metrics: 'none' } }),
    {
      status: 400,
      code: 'invalid_request',
      path: '/evaluation/metrics',
      detail: /expected auto or array; got "none"$/,
    },
  ],
  'malformed JSON': [() => post('{"dataset": '), { status: 400, code: 'malformed_json', detail: /JSON/ }],
  'no body': [() => ({ method: 'POST', url: '/v1/jobs' }), { status: 400, code: 'invalid_request', detail: /object/ }],
  'a body of 10 MB': [
    () => post(JSON.stringify({ name: 'x'.repeat(10_000_000) })),
    { status: 413, code: 'payload_too_large', detail: /large/ },
  ],
  'a body that is not UTF-8': [
    () => ({ ...post('x'), payload: Buffer.from([0x22, 0xff, 0x22]) }),
    { status: 400, code: 'malformed_json', detail: /UTF-8/ },
  ],
  '__proto__ as a field': [
    () => post('{"metadata": {"__proto__": {"admin": true}}}'),
    { status: 400, code: 'malformed_request', path: '/metadata/__proto__' },
  ],
  'nesting 100,000 deep': [
    () => post(`${'['.repeat(100_000)}${']'.repeat(100_000)}`),
    { status: 400, code: 'malformed_request', detail: /nested/ },
  ],
  'a NUL in a name': [
    onPenguins({ name: 'a\0b' }),
    { status: 400, code: 'malformed_request', path: '/name', detail: /NUL/ },
  ],
  'half a surrogate pair in metadata': [
    () => post(JSON.stringify(specOf(penguins, { metadata: { note: '\ud800' } }))),
    { status: 400, code: 'malformed_request', path: '/metadata/note' },
  ],
  'metadata that is not text, under a name with a line break': [
    onPenguins({ metadata: { 'a\nb': { deep: 1 } } }),
    { status: 400, code: 'invalid_request', path: '/metadata/a\nb', detail: /string/ },
  ],
  'an Idempotency-Key with a space': [
    () => ({ ...post(specOf(penguins)), headers: { 'content-type': 'application/json', 'idempotency-key': 'a b' } }),
    { status: 400, code: 'invalid_request', path: '/headers/idempotency-key' },
  ],
};

for (const [title, [request, expected]] of Object.entries(cases)) {
  test(`${title} is ${expected.status} ${expected.fine ?? expected.code}, and leaves nothing behind`, async () => {
    const before = await api.traces();
    const response = await api.inject(request());
    const problem = response.json<ProblemBody>();
    assert.equal(response.statusCode, expected.status, response.body);
    assert.equal(problem.code, expected.code);
    assert.equal(problem.requestId, response.headers['x-request-id']);
    const [first] = problem.errors ?? [];
    if (expected.path !== undefined) assert.equal(first?.path, expected.path, response.body);
    if (expected.fine !== undefined) assert.equal(first?.code, expected.fine);
    if (expected.row !== undefined) assert.equal(first?.row, expected.row);
    if (expected.detail) assert.match(problem.detail, expected.detail);
    if (expected.hint) assert.match(problem.hint ?? '', expected.hint);
    assert.deepEqual(await api.traces(), before);
  });
}

test('a null field takes its default, as if it were absent', async () => {
  const job = await submit(api, specOf(penguins, { training: { batchSize: null, epochs: null }, optimizer: null }));
  assert.equal(job.spec.training?.batchSize, 32);
  assert.equal(job.spec.optimizer?.type, 'adam');
});

test('several faults are reported at once, each with its path', async () => {
  const response = await api.inject(post(specOf(penguins, { priority: 'high', training: { seed: -1 }, nmae: 'x' })));
  const paths = response
    .json<ProblemBody>()
    .errors?.map(({ path }) => path)
    .sort();
  assert.deepEqual(paths, ['/nmae', '/priority', '/training/seed']);
});
