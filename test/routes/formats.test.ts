/** Every format over HTTP: uploaded, found again when equal bytes come again, and refused where it is damaged. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { encodeSafetensors } from '../../src/engine/index.js';
import type { Dataset } from '../../src/schemas/dataset.js';
import { png, tar, zip } from '../data/archives/support.js';
import { npy, npz } from '../data/numpy/support.js';
import { withFolder, writeParquet } from '../data/support.js';
import type { Problem } from './problem-body.js';
import { startApi, type TestApi, uploadRequest } from './support.js';

interface Example {
  fileName: string;
  content: Buffer;
  /** Of the dataset. */
  holds: Partial<Dataset>;
  /** Of the error where the last byte is missing. */
  cut: string;
}

const square = png(
  'rgb',
  [2, 2],
  Uint8Array.from({ length: 12 }, (_, at) => at),
);
const images = ['cat', 'dog'].map((name) => ({ name: `${name}/1.png`, content: square }));

let api: TestApi;
let examples: Example[];

before(async () => {
  api = await startApi();
  const parquet = await withFolder(async (folder) => {
    await writeParquet(join(folder, 'file'), "SELECT i AS n, i % 2 = 0 AS even, 'x' AS s FROM range(10) AS r(i)");
    return readFile(join(folder, 'file'));
  });
  examples = [
    {
      fileName: 'a.parquet',
      content: parquet,
      holds: { kind: 'table', format: 'parquet', rowCount: 10 },
      cut: 'unreadable_dataset',
    },
    {
      fileName: 'a.safetensors',
      content: Buffer.from(encodeSafetensors([{ name: 'w', dtype: 'F32', shape: [1], data: Float32Array.of(1) }])),
      holds: { kind: 'weights', format: 'safetensors', tensors: [{ name: 'w', dtype: 'F32', shape: [1] }] },
      cut: 'invalid_safetensors',
    },
    {
      fileName: 'pets.zip',
      content: zip(images),
      holds: { kind: 'images', format: 'zip', shape: [3, 2, 2], classes: ['cat', 'dog'], rowCount: 2 },
      cut: 'invalid_archive',
    },
    {
      fileName: 'pets.tar',
      content: await tar(images),
      holds: { kind: 'images', format: 'tar', shape: [3, 2, 2], classes: ['cat', 'dog'], rowCount: 2 },
      cut: 'invalid_archive',
    },
    {
      fileName: 'pets.tar.gz',
      content: gzipSync(await tar(images)),
      holds: { name: 'pets', kind: 'images', format: 'tar', rowCount: 2 },
      cut: 'invalid_gzip',
    },
    {
      fileName: 'm.npy',
      content: npy([2, 3], [1, 2, 3, 4, 5, 6]),
      holds: { kind: 'table', format: 'npy', rowCount: 2 },
      cut: 'invalid_numpy',
    },
    {
      fileName: 'n.npz',
      content: npz({ x: npy([2, 1], [1, 2]), y: npy([2], [0, 1]) }),
      holds: { kind: 'table', format: 'npz', rowCount: 2 },
      cut: 'invalid_archive',
    },
    {
      fileName: 'o.npz',
      content: npz({ x: npy([2, 1, 1], [1, 2]), y: npy([2], [0, 1]) }),
      holds: { kind: 'images', format: 'npz', rowCount: 2, classes: ['0', '1'] },
      cut: 'invalid_archive',
    },
    {
      fileName: 'b.csv.gz',
      content: gzipSync('p,q\n1,x\n2,y\n'),
      holds: { name: 'b', kind: 'table', format: 'csv', rowCount: 2 },
      cut: 'invalid_gzip',
    },
    {
      fileName: 'c.txt.gz',
      content: gzipSync('in gzip'),
      holds: { name: 'c', kind: 'text', format: 'text', characters: 7 },
      cut: 'invalid_gzip',
    },
  ];
});

test('each format is 201 by its file name, 200 with the same id when it comes again, and equal uploads at once are one', async () => {
  for (const { fileName, content, holds } of examples) {
    const upload = uploadRequest({ name: 'file', content, fileName });
    const answers = await Promise.all([api.inject(upload), api.inject(upload), api.inject(upload)]);
    const statuses = answers.map(({ statusCode }) => statusCode).sort();
    assert.deepEqual(statuses, [200, 200, 201], `${fileName}: ${answers[0]?.body}`);
    const [dataset, ...others] = answers.map((answer) => answer.json<Dataset>());
    assert.deepEqual({ ...dataset, ...holds }, dataset, fileName);
    for (const other of others) assert.deepEqual(other, dataset);
    const before = await api.traces();
    const again = await api.inject(upload);
    assert.deepEqual([again.statusCode, again.json<Dataset>()], [200, dataset]);
    assert.deepEqual(await api.traces(), before);
  }
});

test('each format cut short is 422 and leaves nothing', async () => {
  const before = await api.traces();
  for (const { fileName, content, cut } of examples) {
    const response = await api.inject(uploadRequest({ name: 'file', content: content.subarray(0, -1), fileName }));
    const { code, errors } = response.json<Problem>();
    assert.deepEqual([response.statusCode, code, errors?.[0]?.code], [422, 'invalid_dataset', cut], fileName);
    assert.deepEqual(await api.traces(), before);
  }
});

test('imageSize stretches the images, and makes another dataset of the same bytes; wrong ones are 400', async () => {
  const file = { name: 'file', content: zip(images), fileName: 'pets.zip' };
  const sized = (value: string) => uploadRequest({ name: 'imageSize', content: value }, file);
  const first = await api.inject(sized('4x3'));
  const dataset = first.json<Dataset>();
  assert.deepEqual({ ...dataset, shape: [3, 4, 3] }, dataset);
  const again = await api.inject(sized('4x3'));
  assert.deepEqual([first.statusCode, again.statusCode, again.json<Dataset>().id], [201, 200, dataset.id]);
  const unsized = (await api.inject(uploadRequest(file))).json<Dataset>();
  assert.notEqual(unsized.id, dataset.id);
  const before = await api.traces();
  const table = { ...file, fileName: 'a.csv' };
  const bad = ['4', '4x', '0x4', '4x4x4', '99999x1', '-1x1', ''].map(sized);
  bad.push(uploadRequest(table, { name: 'imageSize', content: '4x3' }));
  for (const upload of bad) {
    const response = await api.inject(upload);
    assert.deepEqual([response.statusCode, response.json<Problem>().errors?.[0]?.path], [400, '/imageSize']);
  }
  assert.deepEqual(await api.traces(), before);
});
