/** The example jobs fit the schema, and the data that they are for. */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { Value } from '#typebox/value';
import { shuffledLines } from '../examples/shuffled-lines.js';
import { describeImages } from '../src/data/images/image-file.js';
import { countText } from '../src/data/text/count-text.js';
import { projectRoot } from '../src/paths.js';
import type { DatasetContents } from '../src/schemas/dataset.js';
import { JobSpec } from '../src/schemas/job-spec.js';
import { planSpec } from '../src/services/spec.js';
import { readContent } from './data/support.js';

const folder = join(projectRoot, 'examples');
let shakespeare: Buffer;
before(async () => {
  shakespeare = await readFile(join(folder, 'data/tinyshakespeare.txt'));
});

async function contentsFor(name: string): Promise<DatasetContents> {
  if (name.startsWith('fashion')) {
    const classes = Array.from({ length: 10 }, (_, label) => String(label));
    const labels = Uint8Array.from({ length: 70_000 }, (_, row) => row % 10);
    return describeImages({ shape: [1, 28, 28], classes, labels, testRowCount: 10_000 });
  }
  if (name.endsWith('shakespeare')) {
    return { kind: 'text', ...countText(shakespeare), textBytes: shakespeare.length };
  }
  const { rowCount, columns } = await readContent(shuffledLines(shakespeare.toString()), { format: 'csv' });
  return { kind: 'table', rowCount, columns };
}

test('each example job is planned within 1 GiB', async () => {
  const files = await readdir(join(folder, 'jobs'));
  assert.ok(files.length >= 5);
  for (const file of files) {
    const body = JSON.parse(await readFile(join(folder, 'jobs', file), 'utf8')) as { dataset: object };
    const spec = { ...body, dataset: { id: 'ds_00000000000000000000000000', ...body.dataset } };
    assert.ok(Value.Check(JobSpec, spec), `${file}: ${JSON.stringify(Value.Errors(JobSpec, spec))}`);
    const machine = { threads: 1, scratchBytes: 0 };
    const dataset = { name: file, contents: await contentsFor(file.replace('.json', '')) };
    const { plan } = planSpec(spec as JobSpec, {
      dataset,
      freeBytes: 2 ** 30,
      gflops: null,
      machine,
      dataMemoryBytes: 2 ** 30,
    });
    assert.ok(plan.totalSteps > 0, file);
  }
});

test('lines are shuffled the same each time, half of them, and no word is lost', () => {
  const text =
    'to be or not to be\nshort line\nthat is the question here\nwhether it is nobler in the mind\nto suffer the slings and arrows\n';
  const table = shuffledLines(text);
  assert.equal(shuffledLines(text), table);
  const rows = table.trim().split('\n').slice(1);
  assert.deepEqual(
    rows.map((row) => row.split(',').at(-1)),
    ['kept', 'shuffled', 'kept', 'shuffled'],
  );
  const words = (line: string) => line.replaceAll('"', '').split(',')[0]!.split(' ').sort();
  assert.deepEqual(words(rows[1]!), words('that is the question here'));
  assert.equal(rows[0], '"to be or not to be",kept');
});
