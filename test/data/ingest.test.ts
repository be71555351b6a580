import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { ingest } from '../../src/data/ingest.js';
import { assertRefused, exampleFacts, exampleFile, openTable, tableOf, withFolder } from './support.js';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

test('penguins and mpg are typed as documented; counts and bounds are exact, means within 1e-14', async () => {
  const types = {
    penguins: ['category', 'category', 'number', 'number', 'number', 'number', 'category'],
    mpg: ['number', 'number', 'number', 'number', 'number', 'number', 'number', 'category', 'text'],
  };
  await withFolder(async (folder) => {
    for (const name of ['penguins', 'mpg'] as const) {
      const facts = await exampleFacts(name);
      const output = join(folder, name);
      const dataset = await ingest({ path: exampleFile(name), output });
      const { rowCount, columns } = tableOf(dataset);
      assert.deepEqual([dataset.format, rowCount], ['csv', facts.rows]);
      assert.deepEqual(
        columns.map(({ type }) => type),
        types[name],
      );
      columns.forEach(({ type, values, mean, distinctCharacters, ...counted }, index) => {
        const { mean: exactMean, ...expected } = facts.columns[index]!;
        assert.deepEqual(counted, expected);
        assert.equal(mean === undefined, type !== 'number');
        if (mean !== undefined) assert.ok(Math.abs(mean / exactMean! - 1) < 1e-14, counted.name);
        assert.equal(distinctCharacters, type === 'text' ? 45 : undefined);
        assert.equal(values?.length, type === 'category' ? counted.distinct : undefined);
      });
      assert.deepEqual((await openTable(output)).info, columns);
    }
  });
});

test('equal files give equal bytes, with one thread or two', async () => {
  await withFolder(async (folder) => {
    const outputs = [join(folder, 'a'), join(folder, 'b'), join(folder, 'c')];
    const threads = [1, 2, 2];
    await Promise.all(
      outputs.map((output, index) =>
        ingest({ path: exampleFile('mpg'), output, limits: { threads: threads[index]! } }),
      ),
    );
    const hashes = await Promise.all(outputs.map(async (output) => sha256(await readFile(output))));
    assert.equal(new Set(hashes).size, 1);
    assert.deepEqual((await readdir(folder)).sort(), ['a', 'b', 'c'], 'nothing but the outputs is left');
  });
});

test('400 columns are read within 48 MiB of DuckDB memory, where a table of them all needs 100 MiB', async () => {
  await withFolder(async (folder) => {
    const path = join(folder, 'wide.csv');
    const line = (make: (index: number) => string) =>
      `${Array.from({ length: 400 }, (_, index) => make(index)).join()}\n`;
    await writeFile(path, line((index) => `c${index}`) + line((index) => `${index}`) + line((index) => `${index + 1}`));
    const limits = { memoryBytes: 48 * 2 ** 20 };
    const { columns } = tableOf(await ingest({ path, output: join(folder, 'out'), limits }));
    assert.deepEqual(
      columns.map(({ min, max }) => [min, max]),
      columns.map((_, index) => [index, index + 1]),
    );
  });
});

test('names that are SQL, paths or prototypes are only names', async () => {
  const names = [
    '"; DROP TABLE rows; --',
    "c1', 'VARCHAR'}",
    '__proto__',
    'constructor',
    '../../etc/passwd',
    'C0',
    'c0',
    '$1',
  ];
  await withFolder(async (folder) => {
    const path = join(folder, 'a\'b"; SELECT 1.csv');
    const quoted = names.map((name) => `"${name.replaceAll('"', '""')}"`);
    await writeFile(path, `${quoted.join()}\n${names.map((_, index) => index).join()}\n`);
    const output = join(folder, "out'put");
    const { columns } = tableOf(await ingest({ path, output }));
    assert.deepEqual(
      columns.map(({ name, max }) => [name, max]),
      names.map((name, index) => [name, index]),
    );
    const table = await openTable(output);
    const column = table.column('__proto__');
    assert.ok(column.type === 'number');
    assert.deepEqual(column.values, Float64Array.of(2));
  });
});

test('a file that kills its reader, or keeps it past the deadline, is unreadable_dataset and leaves nothing', async () => {
  await withFolder(async (folder) => {
    const path = join(folder, 'heavy.jsonl');
    const members = Array.from({ length: 400_000 }, (_, index) => `"${index}":"${index}"`);
    await writeFile(path, `{${members.join()}}\n`);
    const output = join(folder, 'out');
    // a heap that this line's keys do not fit in: V8 ends the process
    await assertRefused(
      ingest({ path, output, limits: { memoryBytes: 48 * 2 ** 20, columns: 1e6 } }),
      'unreadable_dataset',
    );
    await assertRefused(ingest({ path, output, limits: { timeoutSeconds: 0.01 } }), 'unreadable_dataset');
    assert.deepEqual(await readdir(folder), ['heavy.jsonl']);
  });
});

test('a refused file and an aborted ingest leave nothing; errors of the machine are not called errors of the data', async () => {
  await withFolder(async (folder) => {
    const path = join(folder, 'ragged.csv');
    await writeFile(path, 'a,b\n1\n');
    const output = join(folder, 'out');
    await assertRefused(ingest({ path, output }), 'ragged_row', { row: 2, column: 'b', expected: 2, got: 1 });
    const reason = new Error('the client is gone');
    await assert.rejects(ingest({ path: exampleFile('mpg'), output, signal: AbortSignal.abort(reason) }), reason);
    const controller = new AbortController();
    const running = ingest({ path: exampleFile('mpg'), output, signal: controller.signal });
    setImmediate(() => controller.abort(reason));
    await assert.rejects(running, reason);
    await assert.rejects(ingest({ path: join(folder, 'absent'), output }), {
      name: 'Error',
      message: /^ingest: ENOENT/,
    });
    assert.deepEqual(await readdir(folder), ['ragged.csv']);
  });
});
