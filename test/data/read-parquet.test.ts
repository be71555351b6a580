/** Parquet on its way in: declared types, what is missing, and how hostile files are refused. Files are written by DuckDB. */
import assert from 'node:assert/strict';
import { readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { DataError } from '../../src/data/errors.js';
import { ingest } from '../../src/data/ingest.js';
import { defaultLimits, type IngestLimits } from '../../src/data/limits.js';
import { readParquet } from '../../src/data/read-parquet.js';
import { assertRefused, openTable, tableOf, valueAt, withFolder, writeParquet } from './support.js';

/** Reads a query's answer, as a Parquet file, in this process. */
const read = (query: string, limits: Partial<IngestLimits> = {}) =>
  withFolder(async (scratch) => {
    const path = join(scratch, "it's.parquet");
    await writeParquet(path, query);
    const dataset = await readParquet({ path, scratch, limits: { ...defaultLimits, ...limits } });
    const { rowCount, columns: info } = tableOf(dataset);
    const table = await openTable(join(scratch, 'columns.safetensors'));
    const columns = info.map(({ name }) => table.column(name));
    const rows = Array.from({ length: rowCount }, (_, row) => columns.map((column) => valueAt(column, row)));
    return { info, rows };
  });

test('columns keep the types that the file declares; NULL, NaN and markers in strings are missing', async () => {
  const row = (cells: string) => `SELECT ${cells}`;
  const { info, rows } = await read(
    [
      row(`1::TINYINT AS i, 2.5::FLOAT AS f, 'NaN'::DOUBLE AS d, 1.25::DECIMAL(9,2) AS m, true AS b, '1' AS digits,
        DATE '2023-01-02' AS day, '2023-01-02 03:04:05.678+02'::TIMESTAMPTZ AS zoned, ' x ' AS s, 9::UHUGEINT AS u`),
      row("NULL, -0.1, 1e-300, -3, NULL, 'n/a', NULL, NULL, '', 12345678901234567890"),
      row("3, NULL, NULL, NULL, false, '2', DATE '1969-12-31', TIMESTAMPTZ '1970-01-01 00:00:00+00', 'NULL', NULL"),
    ].join(' UNION ALL '),
  );
  assert.deepEqual(
    info.map(({ name, type }) => `${name} ${type}`),
    ['i number', 'f number', 'd number', 'm number', 'b boolean', 'digits category', 'day date', 'zoned date'].concat([
      's category',
      'u number',
    ]),
  );
  assert.deepEqual(rows, [
    [1, 2.5, null, 1.25, 'true', '1', Date.UTC(2023, 0, 2), Date.UTC(2023, 0, 2, 1, 4, 5, 678), 'x', 9],
    [null, Math.fround(-0.1), 1e-300, -3, null, null, null, null, null, 12345678901234567000],
    [3, null, null, null, 'false', '2', Date.UTC(1969, 11, 31), 0, null, null],
  ]);
  assert.deepEqual(
    info.map(({ missing }) => missing),
    [1, 1, 2, 1, 1, 1, 1, 1, 2, 1],
  );
});

test('rows stay in the order of the file over many groups of rows, and a column that is all missing is text', async () => {
  const { info, rows } = await read('SELECT i::INTEGER AS i, NULL::DOUBLE AS none FROM range(300000) AS r(i)');
  assert.deepEqual(info[0], {
    ...{ name: 'i', type: 'number', missing: 0, distinct: 300_000, integer: true },
    ...{ min: 0, max: 299_999, mean: 149_999.5 },
  });
  assert.ok(rows.every(([value], row) => value === row));
  assert.deepEqual([info[1]?.type, info[1]?.missing], ['text', 300_000]);
});

const refused: Record<string, [query: string, code: string, details: object, limits?: Partial<IngestLimits>]> = {
  'a list': ['SELECT [1] AS a', 'unsupported_column', { column: 'a', got: 'INTEGER[]' }],
  'a struct': ["SELECT {'k': 1} AS a", 'unsupported_column', { column: 'a', got: 'STRUCT(k INTEGER)' }],
  'a map': ["SELECT MAP {'k': 1} AS a", 'unsupported_column', { column: 'a', got: 'MAP(VARCHAR, INTEGER)' }],
  'binary data': ["SELECT 'x'::BLOB AS a", 'unsupported_column', { column: 'a', got: 'BLOB' }],
  'a time of day': ["SELECT TIME '01:02:03' AS a", 'unsupported_column', { column: 'a', got: 'TIME' }],
  infinity: ["SELECT 1.0::DOUBLE AS a UNION ALL SELECT 'inf'::DOUBLE", 'number_out_of_range', { column: 'a' }],
  'the end of time': ["SELECT 'infinity'::DATE AS a", 'date_out_of_range', { column: 'a' }],
  'no rows': ['SELECT 1 AS a WHERE false', 'no_rows', {}],
  'a NUL': ["SELECT 'a' || chr(0) AS a", 'nul_byte', { column: 'a', got: 1 }],
  'a name that is empty': ['SELECT 1 AS " "', 'empty_column_name', {}],
  'too many rows': ['SELECT 1 AS a FROM range(11)', 'too_many_rows', { expected: 10, got: 11 }, { rows: 10 }],
  'too many columns': ['SELECT 1 AS a, 2 AS b, 3 AS c', 'too_many_columns', { expected: 2, got: 3 }, { columns: 2 }],
  // 10 MB of text once in the file, which 1000 rows point to
  'a dictionary that is a bomb': [
    "SELECT repeat('x', 10000000) AS a FROM range(1000)",
    'dataset_too_large',
    { column: 'a', expected: 2 ** 30, got: 1e10 },
  ],
};
for (const [title, [query, code, details, limits]] of Object.entries(refused)) {
  test(`${title} in a Parquet file is refused`, () => assertRefused(read(query, limits), code, details));
}

let whole: Buffer;
before(async () => {
  const query = "SELECT i AS a, i / 3 AS b, 'text ' || i AS c, i % 2 = 0 AS d FROM range(100) AS r(i)";
  whole = await withFolder(async (folder) => {
    await writeParquet(join(folder, 'file'), query);
    return readFile(join(folder, 'file'));
  });
});

test('a file cut at any of 40 offsets is refused', async () => {
  await withFolder(async (folder) => {
    for (let part = 0; part < 40; part++) {
      const path = join(folder, `cut-${part}`);
      await writeFile(path, whole);
      await truncate(path, Math.floor((part * whole.length) / 40));
      await withFolder((scratch) =>
        assertRefused(readParquet({ path, scratch, limits: defaultLimits }), 'unreadable_dataset'),
      );
    }
  });
});

test('a file with any of 60 bytes changed, in its footer above all, is read or refused, whatever that does to its reader', async () => {
  await withFolder(async (folder) => {
    const footer = whole.length - 8 - whole.readUInt32LE(whole.length - 8);
    const at = (index: number) =>
      index < 10 ? index * 20 : footer + Math.floor(((index - 10) * (whole.length - footer)) / 50);
    for (let index = 0; index < 60; index++) {
      const path = join(folder, `flipped-${index}`);
      const bytes = Buffer.from(whole);
      bytes[at(index)]! ^= 0x5f;
      await writeFile(path, bytes);
      const output = join(folder, 'out');
      await ingest({ path, format: 'parquet', output, limits: { timeoutSeconds: 20 } }).catch((error: unknown) => {
        assert.ok(error instanceof DataError, `byte ${at(index)}: ${error}`);
      });
    }
  });
});
