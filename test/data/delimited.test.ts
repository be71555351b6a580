import assert from 'node:assert/strict';
import { closeSync, openSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { ByteWindow } from '../../src/data/byte-window.js';
import { CanonicalWriter } from '../../src/data/canonical.js';
import { readDelimited } from '../../src/data/delimited.js';
import type { DataErrorDetails } from '../../src/data/errors.js';
import { defaultLimits } from '../../src/data/limits.js';
import { assertRefused, readContent, valueAt, withFolder } from './support.js';

const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));

// first, while the process is small: a peak from before would hide this one's
test('scanning a 96 MiB file takes less than 24 MiB of memory on top of the process', async () => {
  await withFolder(async (folder) => {
    const path = join(folder, 'long.csv');
    const file = openSync(path, 'wx');
    writeSync(file, 'a,b,c\n');
    const block = Buffer.from('12.5,"some, text",2024-01-01\n'.repeat(36_158)); // 1 MiB
    for (let count = 0; count < 96; count++) writeSync(file, block);
    closeSync(file);
    const scan = (from: string, to: string) => {
      const window = new ByteWindow(from, defaultLimits.recordBytes);
      const writer = new CanonicalWriter(join(folder, to), defaultLimits.rows);
      readDelimited(window, writer, 'csv', defaultLimits);
      writer.close();
      window.close();
      return writer.rows;
    };
    const before = process.resourceUsage().maxRSS;
    assert.equal(scan(path, 'canonical'), 96 * 36_158);
    assert.ok(statSync(join(folder, 'canonical')).size > 96 * 2 ** 20);
    assert.ok(process.resourceUsage().maxRSS - before < 24 * 1024, 'maxRSS is in KiB');
  });
});

test('a table written as CSV or TSV with any quoting, line ends and unicode reads back value by value', async () => {
  const text = fc.string({
    unit: fc.oneof(fc.constantFrom(...',;\t"\'\\\n\r N?/a 0.-'), fc.string({ unit: 'binary', maxLength: 1 })),
    maxLength: 12,
  });
  const cell = fc.record({ text: text.map((value) => value.replaceAll('\0', '')), quoted: fc.boolean() });
  const table = fc.integer({ min: 1, max: 4 }).chain((width) =>
    fc.record({
      format: fc.constantFrom('csv', 'tsv'),
      mark: fc.constantFrom('', '\ufeff'),
      rows: fc.array(
        fc.record({
          cells: fc.array(cell, { minLength: width, maxLength: width }),
          end: fc.constantFrom('\n', '\r\n', '\r'),
        }),
        {
          minLength: 1,
          maxLength: 30,
        },
      ),
      lastEnd: fc.boolean(),
    }),
  );
  await fc.assert(
    fc.asyncProperty(table, async ({ format, mark, rows, lastEnd }) => {
      const separator = format === 'csv' ? ',' : '\t';
      const names = rows[0]!.cells.map((_, index) => `column ${index}`);
      const lines = rows.map(({ cells, end }, row) => {
        // the first field in quotes, so that no line is blank and none ends in half of a CR LF
        const fields = cells.map(({ text, quoted }, index) =>
          quoted || index === 0 || /[,\t"\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text,
        );
        return fields.join(separator) + (row === rows.length - 1 && !lastEnd ? '' : end);
      });
      const content = `${mark}${names.join(separator)}\n${lines.join('')}`;
      const { columns, rowCount, table } = await readContent(content, { format });
      assert.equal(rowCount, rows.length);
      columns.forEach(({ name, type }, index) => {
        const column = table.column(name);
        rows.forEach(({ cells }, row) => {
          const written = cells[index]!.text.replace(/^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$/g, '');
          const expected = /^(na|n\/a|nan|null|\?|)$/i.test(written)
            ? null
            : type === 'number'
              ? Number(written)
              : written;
          assert.equal(valueAt(column, row), expected);
        });
      });
    }),
    { numRuns: 60 },
  );
});

test('a semicolon separates where the header has semicolons and no comma', async () => {
  const { columns, table } = await readContent('a;b\n1;x,y\n2;z\n');
  assert.deepEqual(
    columns.map(({ name }) => name),
    ['a', 'b'],
  );
  assert.equal(valueAt(table.column('b'), 0), 'x,y');
});

test('blank lines are skipped, and a quote inside an unquoted field is text', async () => {
  const { rowCount, table } = await readContent('\r\n\na,b\n\n1,5" pipe\r\r\n2,""""\n\n');
  assert.equal(rowCount, 2);
  assert.deepEqual(
    [0, 1].map((row) => valueAt(table.column('b'), row)),
    ['5" pipe', '"'],
  );
});

const malformed: [what: string, content: string | Buffer, code: string, details: DataErrorDetails][] = [
  ['an empty file', '', 'empty_dataset', {}],
  ['a byte order mark alone', '\ufeff', 'empty_dataset', {}],
  ['blank lines alone', '\n\r\n\n', 'empty_dataset', {}],
  ['a header alone', 'a,b\n', 'no_rows', {}],
  ['a short row', 'a,b,c\n1,2,3\n1\n', 'ragged_row', { row: 3, column: 'b', expected: 3, got: 1 }],
  ['a long row', 'a,b\n1,2\n\n1,2,3\n', 'ragged_row', { row: 4, expected: 2, got: 3 }],
  ['a short row below quoted line breaks', 'a,b\n"1\n\r\n2\r3",2\n1\n', 'ragged_row', { row: 6, expected: 2, got: 1 }],
  ['a long row under CR line ends', 'a,b\r1,2\r1,2,3\r', 'ragged_row', { row: 3, expected: 2, got: 3 }],
  ['a row cut off', 'a,b\n1,2\n1', 'ragged_row', { row: 3, expected: 2, got: 1 }],
  ['two columns of one name', 'a,b,a\n1,2,3\n', 'duplicate_column', { row: 1, column: 'a' }],
  ['two columns whose names differ in white space', 'a, a \n1,2\n', 'duplicate_column', { row: 1, column: 'a' }],
  ['a column without a name', ',a\n1,2\n', 'empty_column_name', { row: 1 }],
  ['a header that ends in a comma', 'a,\n1,2\n', 'empty_column_name', { row: 1 }],
  [
    'a name of 300 characters',
    `a,${'n'.repeat(300)}\n1,2\n`,
    'column_name_too_long',
    { row: 1, expected: 200, got: 300 },
  ],
  [
    '2,001 columns',
    `${Array.from({ length: 2001 }, (_, index) => `c${index}`)}\n`,
    'too_many_columns',
    { row: 1, expected: 2000, got: 2001 },
  ],
  ['10⁶ columns', `${',x'.repeat(1e6)}\n`, 'too_many_columns', { row: 1, expected: 2000, got: 1_000_001 }],
  [
    'Latin-1',
    bytes('a,b\n1,2\n1,caf', [0xe9], '\n'),
    'invalid_utf8',
    { row: 3, column: 'b', got: 'byte 0xe9 at offset 13' },
  ],
  [
    'Latin-1 behind a genuine U+FFFD',
    bytes('a,b\n1,\ufffd', [0xe9], '\n'),
    'invalid_utf8',
    { row: 2, column: 'b', got: 'byte 0xe9 at offset 9' },
  ],
  ['a surrogate half in UTF-8', bytes('a,b\n1,', [0xed, 0xa0, 0x80], '\n'), 'invalid_utf8', { row: 2, column: 'b' }],
  ['a character cut by the end of the file', bytes('a,b\n1,', [0xe2, 0x82]), 'invalid_utf8', { row: 2, column: 'b' }],
  ['bad UTF-8 in the header', bytes('a,', [0xff], '\n1,2\n'), 'invalid_utf8', { row: 1 }],
  ['a NUL byte', 'a,b\n1,2\n1,\0\n', 'nul_byte', { row: 3, got: 'byte 0x0 at offset 10' }],
  ['a NUL byte in quotes', 'a,b\n1,"\n\0"\n', 'nul_byte', { row: 3 }],
  ['a quote that is never closed', 'a,b\n1,"2\n1,2\n', 'unclosed_quote', { row: 2 }],
  ['a quote opened by the last byte', 'a,b\n1,"', 'unclosed_quote', { row: 2 }],
  ['text behind a closing quote', 'a,b\n1,"2"x\n', 'text_after_quote', { row: 2 }],
  ['UTF-16', bytes([0xff, 0xfe], 'a\0,\0b\0'), 'unsupported_format', { got: 'UTF-16' }],
  ['gzip', bytes([0x1f, 0x8b, 8, 0]), 'unsupported_format', { got: 'gzip within gzip' }],
  ['a workbook', 'PK\x03\x04…', 'unsupported_format', { got: 'a ZIP archive or an Excel workbook' }],
];

test('each malformed file is refused by code, line and column', async (t) => {
  for (const [what, content, code, details] of malformed) {
    await t.test(what, async () => {
      await assertRefused(readContent(content), code, details);
    });
  }
});

test('a record over the limit is refused, and an open quote that swallows it is named as the cause', async () => {
  const limits = { recordBytes: 1000 };
  const exact = `a,b\n1,${'x'.repeat(996)}\n`;
  assert.equal((await readContent(exact, { limits })).rowCount, 1);
  await assertRefused(readContent(`a,b\n1,2\n1,${'x'.repeat(1000)}\n`, { limits }), 'line_too_long', {
    row: 3,
    expected: 1000,
  });
  await assertRefused(readContent(`a,b\n1,"2\n${'1,2\n'.repeat(400)}`, { limits }), 'unclosed_quote', { row: 2 });
  await assertRefused(readContent('a\n1\n2\n3\n', { limits: { rows: 2 } }), 'too_many_rows');
});
