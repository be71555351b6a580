import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import type { Columns } from '../../src/data/columns.js';
import { encodeRawRows, encodeRows } from '../../src/data/encode.js';
import { type ColumnsPreparation, fitPreparation } from '../../src/data/prepare.js';
import { splitRows } from '../../src/data/split.js';
import type { TargetTask } from '../../src/data/target.js';
import { assertRefused, columnsSpec, type ExampleTable, exampleFile, readContent } from './support.js';

async function fitted(content: string | Buffer, target: string, task: TargetTask, ignore: string[] = []) {
  const { table } = await readContent(content);
  const dataset = columnsSpec({ target, ignore });
  const { train } = splitRows(table, { dataset, task, seed: 3 });
  return { table, train, preparation: fitPreparation({ columns: table, dataset, task, rows: train }) };
}

const allRows = ({ rowCount }: Columns) => Int32Array.from({ length: rowCount }, (_, row) => row);

test('rows of penguins and mpg encode to the same bits from the columns and from their raw JSON', async () => {
  const cases: [name: ExampleTable, target: string, task: TargetTask, ignore: string[]][] = [
    ['penguins', 'species', 'classification', []],
    ['mpg', 'mpg', 'regression', ['name']],
  ];
  for (const [name, target, task, ignore] of cases) {
    const file = await readFile(exampleFile(name), 'utf8');
    const { table, preparation } = await fitted(Buffer.from(file), target, task, ignore);
    const [header, ...lines] = file
      .trim()
      .split(/\r?\n/)
      .map((line) => line.split(',')); // neither file has quotes
    const numeric = new Set(table.info.filter(({ type }) => type === 'number').map((info) => info.name));
    const rawRows = lines.map((cells) =>
      Object.fromEntries(
        cells.map((cell, index) => [
          header![index]!,
          numeric.has(header![index]!) && cell !== '' ? Number(cell) : cell,
        ]),
      ),
    );
    const { x } = encodeRows(preparation, table, allRows(table));
    assert.deepEqual(x.length, table.rowCount * preparation.inputs);
    assert.deepEqual(encodeRawRows(preparation, rawRows), x);
  }
});

// every type; z, the last row's category, is not in train
const mixed =
  'n,c,b,d,id,y\n1,a,true,2024-01-01,q,1.5\n3,b,false,2024-01-03,r,2.5\n,,,,s,3.5\n5,z,true,2024-01-05,t,9.5\n';
const mixedPreparation = async (): Promise<{ table: Columns; preparation: ColumnsPreparation }> => {
  const { table } = await readContent(mixed);
  const dataset = columnsSpec({ target: 'y', ignore: ['id'] });
  return {
    table,
    preparation: fitPreparation({ columns: table, dataset, task: 'regression', rows: Int32Array.of(0, 1, 2) }),
  };
};

test('numbers and dates are standardised, categories one-hot, missing values filled, unseen categories all zero', async () => {
  const { table, preparation } = await mixedPreparation();
  const { x, y } = encodeRows(preparation, table, allRows(table));
  const rows = [
    // n  c: a  b   b  d
    [-1, 1, 0, 1, -1],
    [1, 0, 1, 0, 1],
    [0, 1, 0, 0, 0],
    [3, 0, 0, 1, 3],
  ];
  assert.deepEqual(x, Float32Array.from(rows.flat()));
  const deviation = Math.sqrt(2 / 3); // of 1.5, 2.5, 3.5
  assert.deepEqual(y, Float32Array.of(-1 / deviation, 0, 1 / deviation, 7 / deviation));
});

test('a raw row may hold the target and ignored columns, miss fields, or say null or a marker; all mean the same', async () => {
  const { preparation } = await mixedPreparation();
  const missing = [
    {},
    { n: null, c: null, b: null, d: null },
    { n: 'NA', c: ' ? ', b: 'null', d: '', id: {}, y: 'anything' },
  ];
  const expected = encodeRawRows(preparation, [{}]);
  for (const row of missing) assert.deepEqual(encodeRawRows(preparation, [row]), expected);
  assert.deepEqual(
    encodeRawRows(preparation, [{ n: 3, c: ' b ', b: false, d: '2024-01-03T01:00+01:00' }]),
    Float32Array.of(1, 0, 1, 0, 1),
  );
});

test('a value of the wrong type is refused by row, field, expected and got; nothing is coerced', async () => {
  const { preparation } = await mixedPreparation();
  const number = 'a number within ±1e+150, or null';
  const date = 'an ISO 8601 date in a string, or null';
  const cases: [field: string, value: unknown, expected: string, got: string][] = [
    ['n', '3', number, '"3"'],
    ['n', true, number, 'true'],
    ['n', Number.POSITIVE_INFINITY, number, 'Infinity'],
    ['n', [3], number, 'array'],
    ['c', 3, 'a string, or null', '3'],
    ['c', {}, 'a string, or null', 'object'],
    ['b', 1, 'true or false, or null', '1'],
    ['b', 'true', 'true or false, or null', '"true"'],
    ['d', '03/01/2024', date, '"03/01/2024"'],
    ['d', 1704067200000, date, '1704067200000'],
  ];
  for (const [field, value, expected, got] of cases) {
    const details = { path: `/rows/1/${field}`, column: field, expected, got };
    await assertRefused(async () => encodeRawRows(preparation, [{}, { [field]: value }]), 'invalid_row', details);
  }
});

test('an unknown field is refused, with the nearest name as the hint; prototypes are no fields', async () => {
  const { table } = await readContent('constructor,bill_length\n1,2\n2,3\n3,5\n');
  const preparation = fitPreparation({
    columns: table,
    dataset: columnsSpec({ target: 'bill_length' }),
    task: 'regression',
    rows: allRows(table),
  });
  assert.deepEqual(encodeRawRows(preparation, [{}]), Float32Array.of(0), 'the inherited constructor is not the field');
  const refusals = [JSON.parse('{"__proto__":1}'), { bill_lenght: 1 }, { 'a/b~': 1 }];
  const details = [
    { path: '/rows/0/__proto__' },
    { path: '/rows/0/bill_lenght', hint: 'did you mean "bill_length"?' },
    { path: '/rows/0/a~1b~0' },
  ];
  for (const [index, row] of refusals.entries()) {
    await assertRefused(async () => encodeRawRows(preparation, [row]), 'invalid_row', details[index]!);
  }
});

test('a row of a class that the training split lacks is refused with the class, since no model can know it', async () => {
  const { table } = await readContent('x,y\n1,a\n2,b\n3,a\n4,c\n');
  const dataset = columnsSpec({ target: 'y' });
  const preparation = fitPreparation({
    ...{ columns: table, dataset, task: 'classification' },
    rows: Int32Array.of(0, 1),
  });
  await assertRefused(async () => encodeRows(preparation, table, Int32Array.of(2, 3)), 'untrained_class', {
    ...{ path: '/dataset/split', column: 'y', expected: 'a, b', got: 'c' },
  });
});
