/** Datasets over HTTP: uploads streamed to disk, once each, cut off anywhere; deletion. */
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { before, test } from 'node:test';
import type { Dataset, TableDataset } from '../../src/schemas/dataset.js';
import { sha256 } from '../support/rows.js';
import type { Problem } from './problem-body.js';
import { csv, penguins, specOf, startApi, submit, type TestApi, uploadPenguins, uploadRequest } from './support.js';

let api: TestApi;
before(async () => {
  api = await startApi();
});

test('the penguins are 201 with typed columns, and 200 with the same id when they come again', async () => {
  const first = await api.inject(uploadRequest(csv(await penguins(), 'penguins.csv')));
  const dataset = first.json<TableDataset>();
  assert.equal(first.statusCode, 201);
  assert.equal(first.headers.location, `/v1/datasets/${dataset.id}`);
  assert.deepEqual([dataset.name, dataset.format, dataset.rowCount], ['penguins', 'csv', 344]);
  assert.deepEqual(
    dataset.columns.map(({ name, type }) => `${name} ${type}`),
    [
      ...['species category', 'island category', 'bill_length_mm number', 'bill_depth_mm number'],
      ...['flipper_length_mm number', 'body_mass_g number', 'sex category'],
    ],
  );
  const before = await api.traces();
  const again = await api.inject(uploadRequest(csv(await penguins(), 'again.csv')));
  assert.deepEqual([again.statusCode, again.json<Dataset>().id], [200, dataset.id]);
  assert.deepEqual(await api.traces(), before);
});

test('a text says what it is, is found in lists as it was answered, and is 200 with the same id when it comes again', async () => {
  const content = 'Où êtes-vous ?\nIci 🎭\n';
  const first = await api.inject(uploadRequest({ name: 'file', content, fileName: 'play.txt', type: 'text/plain' }));
  const { id, createdAt, ...text } = first.json<Dataset>();
  assert.equal(first.statusCode, 201);
  assert.deepEqual(text, {
    ...{ name: 'play', kind: 'text', format: 'text', bytes: 26, sha256: sha256(content) },
    ...{ characters: 21, distinctCharacters: 17, lines: 2, textBytes: 26 },
  });
  assert.deepEqual((await api.inject({ url: `/v1/datasets/${id}` })).json(), first.json());
  const { items } = (await api.inject({ url: '/v1/datasets' })).json<{ items: Dataset[] }>();
  assert.deepEqual(items[0], first.json());
  const file = { name: 'file', content, fileName: 'again' };
  const again = await api.inject(uploadRequest(file, { name: 'format', content: 'text' }));
  assert.deepEqual([again.statusCode, again.json<Dataset>().id], [200, id]);
});

test('equal uploads at once make one dataset and one file', async () => {
  const upload = uploadRequest(csv('a,b\n1,x\n2,y\n'));
  const answers = await Promise.all(Array.from({ length: 4 }, () => api.inject(upload)));
  assert.equal(new Set(answers.map((answer) => answer.json<Dataset>().id)).size, 1);
  assert.equal(answers.filter(({ statusCode }) => statusCode === 201).length, 1);
  const keys = await api.parts.artifacts.list('datasets');
  const rows = await api.db.selectFrom('datasets').select('artifactKey').execute();
  assert.deepEqual(keys, rows.map(({ artifactKey }) => artifactKey).sort());
});

test('fields count whether they stand before or behind the file; the format is field, name, content type, in this order', async () => {
  const [name, format] = [
    { name: 'name', content: 'mine' },
    { name: 'format', content: 'tsv' },
  ];
  const file = csv('p\tq\n1\t2\n3\t4\n', 'odd.csv');
  const behind = (await api.inject(uploadRequest(file, name, format))).json<TableDataset>();
  const ahead = (await api.inject(uploadRequest(name, format, file))).json<Dataset>();
  assert.deepEqual([behind.name, behind.format, behind.columns.length], ['mine', 'tsv', 2]);
  assert.equal(ahead.id, behind.id);
  const lines = { name: 'file', content: '{"p": 1}\n{"p": 2}\n' };
  const byName = await api.inject(uploadRequest({ ...lines, fileName: 'C:\\data\\x.JSONL', type: 'text/csv' }));
  assert.deepEqual([byName.json<Dataset>().format, byName.json<Dataset>().name], ['jsonl', 'x']);
  const byType = await api.inject(uploadRequest({ ...lines, fileName: 'blob', type: 'application/x-ndjson' }));
  assert.equal(byType.json<Dataset>().id, byName.json<Dataset>().id);
});

test('one byte above MAX_UPLOAD_BYTES is 413, and nothing stays', async () => {
  const small = await startApi({ MAX_UPLOAD_BYTES: '1000' });
  const before = await small.traces();
  const table = (bytes: number) => csv(`a,b\n1,2\n${'3,4\n'.repeat(400)}`.slice(0, bytes));
  const response = await small.inject(uploadRequest(table(1001)));
  const { code, errors } = response.json<Problem>();
  assert.deepEqual([response.statusCode, code, errors?.[0]?.path], [413, 'payload_too_large', '/file']);
  assert.deepEqual(await small.traces(), before);
  assert.equal((await small.inject(uploadRequest(table(1000)))).statusCode, 201);
});

test('a table above MAX_DATASET_ROWS or MAX_DATASET_BYTES is 422, and nothing stays', async () => {
  const table = uploadRequest(csv('a,b\n1,2\n3,4\n5,6\n')); // 48 bytes of numbers
  for (const [settings, code] of [
    [{ MAX_DATASET_ROWS: '2' }, 'too_many_rows'],
    [{ MAX_DATASET_BYTES: '47' }, 'dataset_too_large'],
  ] as const) {
    const small = await startApi(settings);
    const before = await small.traces();
    const response = await small.inject(table);
    assert.deepEqual([response.statusCode, response.json<Problem>().errors?.[0]?.code], [422, code]);
    assert.deepEqual(await small.traces(), before);
  }
  const enough = await startApi({ MAX_DATASET_ROWS: '3', MAX_DATASET_BYTES: '48' });
  assert.equal((await enough.inject(table)).statusCode, 201);
});

test('an upload whose connection breaks, wherever it breaks, leaves neither row nor file', async () => {
  const { payload } = uploadRequest({ name: 'name', content: 'cut' }, csv(`a,b\n${'1,2\n'.repeat(30_000)}`));
  const head =
    'POST /v1/datasets HTTP/1.1\r\nhost: localhost\r\ncontent-type: multipart/form-data; boundary=trainyard-boundary\r\n' +
    `content-length: ${payload.length}\r\n\r\n`;
  const { port } = new URL(await api.app.listen({ host: '127.0.0.1', port: 0 }));
  const before = await api.traces();
  for (const cut of [0, 40, 100, 200, 1000, 65_536, payload.length - 30, payload.length - 1]) {
    const answered = new Promise<void>((resolve) =>
      api.app.server.once('request', (_, reply) => reply.once('close', resolve)),
    );
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(head);
    socket.write(payload.subarray(0, cut), () => socket.destroy());
    await answered;
    const deadline = Date.now() + 5000; // the answer has nobody to go to; what it leaves is removed right after
    while (JSON.stringify(await api.traces()) !== JSON.stringify(before)) {
      assert.ok(Date.now() < deadline, `cut at ${cut}: ${JSON.stringify(await api.traces())}`);
    }
  }
  // Whole, it is accepted: nothing of the broken ones stands in its way.
  assert.equal((await api.inject(uploadRequest(csv(`a,b\n${'1,2\n3,4\n'.repeat(10)}`)))).statusCode, 201);
  const { files } = await api.traces();
  assert.equal(files.length, before.files.length + 1, files.join('\n'));
});

test('multipart bodies that are no multipart bodies are 400', async () => {
  const type = (value: string) => ({ 'content-type': value });
  const whole = uploadRequest(csv('a,b\n1,2\n'));
  const bodies = [
    { ...whole, headers: type('multipart/form-data') },
    { ...whole, headers: type('multipart/form-data; boundary=other') },
    { ...whole, payload: whole.payload.subarray(0, -10) },
    { ...whole, payload: Buffer.from('nonsense') },
    { ...whole, payload: Buffer.alloc(0) },
    uploadRequest(csv('a,b\n1,2\n'), csv('c,d\n1,2\n')),
    uploadRequest(...Array.from({ length: 10 }, () => ({ name: 'name', content: 'x' })), csv('a,b\n1,2\n')),
    uploadRequest({ name: '__proto__', content: 'x' }, csv('a,b\n1,2\n')),
    uploadRequest({ name: 'name', content: 'x'.repeat(5000) }, csv('a,b\n1,2\n')),
    uploadRequest({ name: 'name', content: 'nul \0' }, csv('a,b\n1,2\n')),
  ];
  const before = await api.traces();
  for (const [index, body] of bodies.entries()) {
    const { statusCode } = await api.inject(body);
    assert.ok([400, 413].includes(statusCode), `body ${index}: ${statusCode}`);
    assert.deepEqual(await api.traces(), before);
  }
});

test('a dataset of a job cannot be deleted; without the job it goes, with its file', async () => {
  const dataset = await uploadPenguins(api);
  const url = `/v1/datasets/${dataset.id}`;
  const job = await submit(api, specOf(dataset));
  const refused = await api.inject({ method: 'DELETE', url });
  assert.deepEqual([refused.statusCode, refused.json<Problem>().code], [409, 'in_use']);
  await api.inject({ method: 'POST', url: `/v1/jobs/${job.id}/cancel` });
  await api.inject({ method: 'DELETE', url: `/v1/jobs/${job.id}` });
  assert.equal((await api.inject({ method: 'DELETE', url })).statusCode, 204);
  assert.equal((await api.inject({ url })).statusCode, 404);
  assert.ok(!(await api.parts.artifacts.list('datasets')).some((key) => key.includes(dataset.id)));
});
