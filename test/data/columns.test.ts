import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Column, columnsOf, encodeColumns } from '../../src/data/columns.js';
import { decodeSafetensors } from '../../src/engine/index.js';
import type { ColumnInfo } from '../../src/schemas/dataset.js';
import { valueAt } from './support.js';

const info: ColumnInfo[] = [
  { name: 'n', type: 'number', missing: 1, distinct: 1, integer: true, min: 1, max: 1, mean: 1 },
  { name: 'd', type: 'date', missing: 1, distinct: 1, min: 0, max: 0, mean: 0 },
  { name: '__proto__', type: 'category', missing: 1, distinct: 1, values: ['é'] },
  { name: 'b', type: 'boolean', missing: 1, distinct: 1, values: ['false', 'true'] },
  { name: 't', type: 'text', missing: 1, distinct: 1 },
];
const columns: Column[] = [
  { type: 'number', values: Float64Array.of(1, Number.NaN) },
  { type: 'date', values: Float64Array.of(Number.NaN, 0) },
  { type: 'category', codes: Int32Array.of(0, -1), values: ['é'] },
  { type: 'boolean', codes: Int32Array.of(-1, 1), values: ['false', 'true'] },
  { type: 'text', offsets: Float64Array.of(0, 0, 3), bytes: Buffer.from('añ') },
];

test('every column type reads back as it was written, missing values too', () => {
  const table = columnsOf(decodeSafetensors(encodeColumns(2, info, columns)));
  assert.deepEqual(table.info, info);
  const values = info.map(({ name }) => [valueAt(table.column(name), 0), valueAt(table.column(name), 1)]);
  assert.deepEqual(values, [
    [1, null],
    [null, 0],
    ['é', null],
    [null, 'true'],
    [null, 'añ'],
  ]);
  assert.throws(() => table.column('toString'), { code: 'unknown_column' });
});

test('a columnar file cut at any byte is refused', () => {
  const bytes = encodeColumns(2, info, columns);
  for (let length = 0; length < bytes.length; length++) {
    assert.throws(() => decodeSafetensors(bytes.subarray(0, length)), { code: 'invalid_safetensors' });
  }
});
