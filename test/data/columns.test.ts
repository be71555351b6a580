/** The columnar file: what is written comes back, whole or in part, and a damaged file is refused. */
import assert from 'node:assert/strict';
import { readdir, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { type Column, ColumnsWriter, columnsOf } from '../../src/data/columns.js';
import { openDataset } from '../../src/data/stored-dataset.js';
import { TensorFile } from '../../src/data/tensor-file.js';
import type { ColumnInfo } from '../../src/schemas/dataset.js';
import { valueAt, withFolder } from './support.js';

const info: ColumnInfo[] = [
  { name: 'n', type: 'number', missing: 1, distinct: 2, integer: true, min: 1, max: 3, mean: 2 },
  { name: 'd', type: 'date', missing: 1, distinct: 1, min: 0, max: 0, mean: 0 },
  { name: '__proto__', type: 'category', missing: 1, distinct: 1, values: ['é'] },
  { name: 'b', type: 'boolean', missing: 1, distinct: 1, values: ['false', 'true'] },
  { name: 't', type: 'text', missing: 1, distinct: 1 },
];
const columns: Column[] = [
  { type: 'number', values: Float64Array.of(1, Number.NaN, 3) },
  { type: 'date', values: Float64Array.of(Number.NaN, 0, 5) },
  { type: 'category', codes: Int32Array.of(0, -1, 0), values: ['é'] },
  { type: 'boolean', codes: Int32Array.of(-1, 1, 0), values: ['false', 'true'] },
  { type: 'text', offsets: Float64Array.of(0, 0, 3, 4), bytes: Buffer.from('añx') },
];

const write = async (folder: string): Promise<string> => {
  const path = join(folder, 'columns');
  const writer = new ColumnsWriter(folder, 3);
  columns.forEach((column, index) => {
    writer.add(info[index]!, column);
  });
  await writer.finish(path);
  writer.close();
  return path;
};

test('every column type reads back as it was written, missing values too, in whole and in every range of rows', async () => {
  await withFolder(async (folder) => {
    const file = new TensorFile(await write(folder));
    assert.deepEqual(await readdir(folder), ['columns'], 'the parts are gone');
    const table = columnsOf(file);
    assert.deepEqual([table.rowCount, table.info], [3, info]);
    const rows = [
      [1, null, 'é', null, null],
      [null, 0, null, 'true', 'añ'],
      [3, 5, 'é', 'false', 'x'],
    ];
    for (let from = 0; from <= 3; from++) {
      for (let to = from; to <= 3; to++) {
        const parts = info.map(({ name }) => table.slice(name, from, to));
        const read = Array.from({ length: to - from }, (_, row) => parts.map((part) => valueAt(part, row)));
        assert.deepEqual(read, rows.slice(from, to));
      }
    }
    assert.deepEqual(table.column('t'), { ...columns[4], bytes: new Uint8Array(Buffer.from('añx')) });
    assert.throws(() => table.column('toString'), { code: 'unknown_column' });
    for (const [from, to] of [
      [-1, 2],
      [2, 1],
      [0, 4],
    ] as const)
      assert.throws(() => table.slice('n', from, to), RangeError, `${from} to ${to}`);
    file.close();
    assert.throws(() => table.column('n'), { code: 'EBADF' });
  });
});

test('a columnar file cut at any byte is refused', async () => {
  await withFolder(async (folder) => {
    const path = await write(folder);
    for (let { size } = await stat(path); size > 0; size--) {
      await truncate(path, size - 1);
      assert.throws(() => openDataset(path), { code: 'invalid_safetensors' }, `${size - 1} bytes`);
    }
  });
});
