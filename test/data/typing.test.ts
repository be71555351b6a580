import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { assertRefused, readContent, valueAt } from './support.js';

const csv = (name: string, cells: readonly (string | number)[]) =>
  [name, ...cells].map((cell) => `${cell},x\n`).join('');
const typeOf = async (cells: readonly (string | number)[]) =>
  (await readContent(csv('c', cells), { format: 'csv' })).columns[0]!;
const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));

test('each column has the first type that all its values fit: boolean, number, date, category, text', async () => {
  const cases: [type: string, cells: (string | number)[]][] = [
    ['boolean', ['true', 'FALSE', '', 'True']],
    ['number', ['1', '-2.5', '+.5', '3.', '1e-3', 'NaN', '?']],
    ['date', ['2023-01-02', '2023-01-02T03:04Z', 'null', '2023-01-02 03:04:05.678+01:00']],
    ['category', ['2023-02-30', '2023-01-01']],
    ['category', ['yes', 'no', 'N/A']],
    ['category', ['1', '2', 'three']],
    ['category', ['0x10', '1_000']],
    ['category', ['inf', '-inf']],
    ['category', times(20, (index) => `v${index}`)],
    ['text', times(21, (index) => `v${index}`)],
    ['category', times(2000, (index) => `v${index % 1000}`)],
    ['text', times(1999, (index) => `v${index % 1000}`)],
    ['text', times(4004, (index) => `v${index % 1001}`)],
    ['category', ['a', 'b'.repeat(100)]],
    ['text', ['a', 'b'.repeat(101)]],
    ['text', ['', 'NA', '']],
  ];
  for (const [type, cells] of cases) assert.equal((await typeOf(cells)).type, type, cells.slice(0, 3).join());
});

test('numbers are described by count, bounds, mean and whether all are whole', async () => {
  assert.deepEqual(await typeOf(['4', '2.0', '', '2', '-0']), {
    ...{ name: 'c', type: 'number', missing: 1, distinct: 3, integer: true },
    ...{ min: -0, max: 4, mean: 2, counts: [1, 2, 1] },
  });
  assert.equal((await typeOf(['1', '1.5'])).integer, false);
  assert.equal((await typeOf(['9007199254740993'])).integer, false, 'above 2^53 doubles are not told apart');
});

test('category values are sorted by UTF-16 unit and coded in that order, whatever the order of the file', async () => {
  const { columns, table } = await readContent('c,x\nb,1\n\u{1f600},1\nZ,1\n?,1\nb,1\n\uffee,1\na,1\n');
  assert.deepEqual(columns[0], {
    name: 'c',
    type: 'category',
    missing: 1,
    distinct: 5,
    values: ['Z', 'a', 'b', '\u{1f600}', '\uffee'],
    counts: [1, 1, 2, 1, 1],
  });
  const column = table.column('c');
  assert.deepEqual(
    times(7, (row) => valueAt(column, row)),
    ['b', '\u{1f600}', 'Z', null, 'b', '\uffee', 'a'],
  );
});

test('a decimal numeral is read as the same double that JavaScript reads, in 5,000 numerals of every form', async () => {
  const digits = (min: number) => fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: min, maxLength: 20 });
  const mantissa = fc.oneof(
    fc.tuple(digits(1), fc.constant('.'), digits(0)),
    fc.tuple(fc.constant('.'), digits(1)),
    fc.tuple(digits(1)),
  );
  const exponent = fc.option(
    fc.tuple(fc.constantFrom('e', 'E'), fc.constantFrom('', '+', '-'), fc.integer({ min: 0, max: 120 })),
  );
  const numeral = fc
    .tuple(fc.constantFrom('', '-', '+'), mantissa, exponent)
    .map(([sign, parts, power]) => sign + parts.join('') + (power ?? []).join(''));
  const shortest = fc.double({ min: -1e150, max: 1e150, noNaN: true }).map(String);
  const numerals = fc.sample(fc.oneof(numeral, shortest), { numRuns: 5000, seed: 7 });
  const { table } = await readContent(csv('c', numerals), { format: 'csv' });
  const column = table.column('c');
  for (const [row, text] of numerals.entries()) assert.equal(valueAt(column, row), Number(text), text);
});

test('numerals beyond ±1e150, which no variance can hold, are refused by column and record', async () => {
  for (const huge of ['1e151', '-1e400']) {
    await assertRefused(typeOf(['1', huge]), 'number_out_of_range', { column: 'c', expected: 'at most ±1e+150' });
  }
});
