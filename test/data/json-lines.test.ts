import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { DataErrorDetails } from '../../src/data/errors.js';
import { assertRefused, readContent, valueAt } from './support.js';

test('objects read back value by value: any strings, numbers and booleans, any keys, in any order, absent or null', async () => {
  const name = fc.string({ minLength: 1, maxLength: 8 }).filter((key) => key !== '__proto__');
  const text = fc.string({ unit: 'grapheme', maxLength: 10 }).map((value) => value.replaceAll('\0', ''));
  const valuesOf = {
    string: text,
    number: fc.double({ min: -1e150, max: 1e150, noNaN: true }).map((value) => value + 0 /* JSON writes −0 as 0 */),
    boolean: fc.boolean(),
  };
  const column = fc.constantFrom('string', 'number', 'boolean').chain((kind) =>
    fc.record({
      kind: fc.constant(kind),
      values: fc.array(fc.option(valuesOf[kind] as fc.Arbitrary<unknown>), { minLength: 8, maxLength: 8 }),
    }),
  );
  const table = fc.dictionary(name, column, { minKeys: 1, maxKeys: 4 });
  await fc.assert(
    fc.asyncProperty(table, fc.constantFrom('\n', '\r\n', '\r'), async (written, end) => {
      const lines = Array.from({ length: 8 }, (_, row) => {
        const members = Object.entries(written).map(([key, { values }]) => [key, values[row]]);
        return JSON.stringify(Object.fromEntries(members.filter(([, value]) => value !== null || row % 2 === 0)));
      });
      const { table: read, rowCount } = await readContent(lines.join(end), { format: 'jsonl' });
      assert.equal(rowCount, 8);
      for (const [key, { kind, values }] of Object.entries(written)) {
        const column = read.column(key);
        const present = values.filter(
          (value) =>
            value !== null && !(typeof value === 'string' && /^(na|n\/a|nan|null|\?|)$/i.test(trimAscii(value))),
        );
        if (present.length > 0 && kind !== 'string') assert.equal(column.type, kind);
        values.forEach((value, row) => {
          const expected = !present.includes(value)
            ? null
            : kind === 'string'
              ? trimAscii(String(value))
              : kind === 'boolean'
                ? String(value)
                : value;
          if (column.type !== 'date') assert.equal(valueAt(column, row), expected);
        });
      }
    }),
    { numRuns: 60 },
  );
});

const trimAscii = (text: string) => text.replace(/^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$/g, '');

test('a string of digits is no number, and a column that appears late is missing before', async () => {
  const { columns, table } = await readContent('{"zip":"01234"}\n\n  {"zip":"99999","late":1.5}\n{}\n');
  assert.deepEqual(
    columns.map(({ name, type, missing }) => [name, type, missing]),
    [
      ['zip', 'category', 1],
      ['late', 'number', 2],
    ],
  );
  assert.deepEqual(
    [0, 1, 2].map((row) => valueAt(table.column('late'), row)),
    [null, 1.5, null],
  );
  assert.equal(valueAt(table.column('zip'), 0), '01234');
});

const malformed: [what: string, content: string | Buffer, code: string, details: DataErrorDetails][] = [
  ['an empty file', '', 'empty_dataset', {}],
  ['blank lines alone', '\n \n', 'no_rows', {}],
  ['objects without members', '{}\n{}\n', 'no_columns', {}],
  ['broken JSON', '{"a":1}\n{"a":\n', 'invalid_json', { row: 2 }],
  ['an array', '{"a":1}\n[1]\n', 'not_an_object', { row: 2, got: 'array' }],
  ['a number', '1\n', 'not_an_object', { row: 1, got: 'number' }],
  ['null', 'null\n', 'not_an_object', { row: 1, got: 'null' }],
  ['a nested object', '{"a":1,"b":{"c":2}}\n', 'nested_value', { row: 1, column: 'b', got: 'object' }],
  ['a nested array', '{"a":1}\r\n{"a":[]}\r\n', 'nested_value', { row: 2, column: 'a', got: 'array' }],
  [
    'numbers and strings in one column',
    '{"a":1}\n{"a":"NA"}\n{"a":"x"}\n',
    'mixed_types',
    { row: 3, column: 'a', expected: 'number', got: 'string' },
  ],
  ['a key written twice', '{"a\\"b:":1}\n{"a":":","a":2}\n', 'duplicate_column', { row: 2, column: 'a' }],
  ['an empty key', '{"":1}\n', 'empty_column_name', { row: 1 }],
  ['a key of 300 characters', `{"${'n'.repeat(300)}":1}\n`, 'column_name_too_long', { row: 1, got: 300 }],
  [
    '2,001 keys',
    `{${Array.from({ length: 2001 }, (_, index) => `"c${index}":1`)}}\n`,
    'too_many_columns',
    { row: 1, expected: 2000 },
  ],
  [
    'Latin-1',
    Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xe9]), Buffer.from('"}\n')]),
    'invalid_utf8',
    { row: 1, got: 'byte 0xe9 at offset 6' },
  ],
  ['an escaped NUL', '{"a":"x\\u0000"}\n', 'nul_byte', { row: 1, column: 'a' }],
  ['a NUL in a key', '{"\\u0000":1}\n', 'nul_byte', { row: 1 }],
  ['half a surrogate pair', '{"a":"\\ud800"}\n', 'invalid_utf8', { row: 1, column: 'a' }],
];

test('each malformed file is refused by code, line and column', async (t) => {
  for (const [what, content, code, details] of malformed) {
    await t.test(what, async () => {
      await assertRefused(readContent(content, { format: 'jsonl' }), code, details);
    });
  }
});

test('a line over the limit is refused', async () => {
  const limits = { recordBytes: 100 };
  const content = `{"a":1}\n{"a":"${'x'.repeat(100)}"}\n`;
  await assertRefused(readContent(content, { format: 'jsonl', limits }), 'line_too_long', { row: 2, expected: 100 });
});
