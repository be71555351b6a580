/** Every format over HTTP: uploaded, found again when equal bytes come again, and refused where it is damaged. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, test } from 'node:test';
import type { Dataset } from '../../src/schemas/dataset.js';
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
