/** What the data tests share: a folder that goes away, and a file's bytes read into columns in this process. */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { Column, Columns } from '../../src/data/columns.js';
import { DataError, type DataErrorDetails } from '../../src/data/errors.js';
import { type IngestedDataset, resultName } from '../../src/data/ingest-protocol.js';
import { defaultLimits, type IngestLimits } from '../../src/data/limits.js';
import { readTable } from '../../src/data/read-table.js';
import { openDataset } from '../../src/data/stored-dataset.js';
import { projectRoot } from '../../src/paths.js';
import type { DelimitedFormat, TableContents } from '../../src/schemas/dataset.js';

export type ExampleTable = 'penguins' | 'mpg';

/** What test/fixtures/data/tables.py found in the example tables. */
export interface TableFacts {
  rows: number;
  columns: {
    name: string;
    missing: number;
    distinct: number;
    integer?: boolean;
    min?: number;
    max?: number;
    mean?: number;
  }[];
  evenRows: { name: string; mean?: number; deviation?: number; values?: string[]; mostFrequent?: string }[];
}

export const exampleFile = (table: ExampleTable): string => join(projectRoot, 'examples/data', `${table}.csv`);

export async function exampleFacts(table: ExampleTable): Promise<TableFacts> {
  const facts = await readFile(join(projectRoot, 'test/fixtures/data/tables.json'), 'utf8');
  return (JSON.parse(facts) as Record<ExampleTable, TableFacts>)[table];
}

export async function withFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'trainyard-data-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Reads a table's content as the ingest process does. */
export function readContent(
  content: string | Uint8Array,
  { format, limits }: { format?: DelimitedFormat; limits?: Partial<IngestLimits> } = {},
): Promise<IngestedDataset & Omit<TableContents, 'kind'> & { table: Columns }> {
  return withFolder(async (scratch) => {
    const path = join(scratch, 'upload');
    await writeFile(path, content);
    const request = { path, scratch, limits: { ...defaultLimits, ...limits }, ...(format && { format }) };
    const dataset = await readTable(request);
    return { ...dataset, ...tableOf(dataset), table: await openTable(join(scratch, resultName)) };
  });
}

/** The columns of an ingested table. */
export async function openTable(path: string): Promise<Columns> {
  const stored = openDataset(path);
  assert.ok(stored.kind === 'table', stored.kind);
  return stored.columns;
}

/** The contents of what must be a table. */
export function tableOf({ contents }: Pick<IngestedDataset, 'contents'>): TableContents {
  assert.ok(contents.kind === 'table', contents.kind);
  return contents;
}

/** The value at a row: a number, or text, or null where it is missing. */
export function valueAt(column: Column, row: number): number | string | null {
  switch (column.type) {
    case 'number':
    case 'date':
      return Number.isNaN(column.values[row]!) ? null : column.values[row]!;
    case 'category':
    case 'boolean':
      return column.values[column.codes[row]!] ?? null;
    case 'text':
      return Buffer.from(column.bytes.subarray(column.offsets[row], column.offsets[row + 1])).toString() || null;
    default:
      throw new Error(`column type ${column satisfies never}`);
  }
}

/** A query's answer as a Parquet file. */
export async function writeParquet(path: string, query: string): Promise<void> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run(`COPY (${query}) TO '${path.replaceAll("'", "''")}' (FORMAT parquet)`);
  connection.closeSync();
}

/** Asserts that it rejects with a DataError of that code, and that its details hold the given ones. */
export async function assertRefused(
  refused: Promise<unknown> | (() => Promise<unknown>),
  code: string,
  details: DataErrorDetails = {},
): Promise<void> {
  await assert.rejects(refused, (error) => {
    assert.ok(error instanceof DataError, String(error));
    const keys = Object.keys(details) as (keyof DataErrorDetails)[];
    const said = Object.fromEntries(keys.map((key) => [key, error.details[key]]));
    assert.deepEqual({ code: error.code, ...said }, { code, ...details }, error.message);
    if (details.row !== undefined) assert.match(error.message, new RegExp(`^line ${details.row}\\b`));
    return true;
  });
}
