/**
 * From a table's file to its columnar form, in the process that calls: scan and check, copy in canonical form, load into
 * DuckDB, type and read each column, write. Runs in the ingest process (workers/ingest.ts), which a hostile file may kill.
 */
import { join } from 'node:path';
import type { ColumnInfo, TableContents, TableFormat } from '../schemas/dataset.js';
import { ByteWindow } from './byte-window.js';
import { CanonicalWriter } from './canonical.js';
import { type Column, encodeColumns } from './columns.js';
import { readDelimited } from './delimited.js';
import { DuckdbTable } from './duckdb-table.js';
import { DataError } from './errors.js';
import { refuseForeign, sniffFormat } from './formats.js';
import { type IngestedDataset, type IngestRequest, resultName } from './ingest-protocol.js';
import { type JsonKind, readJsonLines } from './json-lines.js';
import type { IngestLimits } from './limits.js';
import { readColumn } from './typing.js';
import { writeSynced } from './write-synced.js';

type TableRequest = Omit<IngestRequest, 'format'> & { format?: TableFormat };

/** Reads the file and writes `<scratch>/columns.safetensors`, synced. Throws DataError. */
export async function readTable({ path, format, scratch, limits }: TableRequest): Promise<IngestedDataset> {
  const canonicalPath = join(scratch, 'rows.csv');
  const scanned = scan(path, canonicalPath, format, limits);
  const table = await DuckdbTable.open({
    path: canonicalPath,
    columns: scanned.columns.length,
    longestRecord: scanned.longestRecord,
    scratch,
    memoryBytes: limits.memoryBytes,
    threads: limits.threads,
  });
  try {
    const { info, columns } = await readColumns(table, scanned, limits);
    await writeSynced(join(scratch, resultName), encodeColumns(scanned.rowCount, info, columns));
    const { rowCount, bytes, sha256 } = scanned;
    return { format: scanned.format, contents: { kind: 'table', rowCount, columns: info }, bytes, sha256 };
  } finally {
    table.close();
  }
}

interface ScannedFile extends Omit<IngestedDataset, 'contents'>, Pick<TableContents, 'rowCount'> {
  columns: { name: string; kind?: JsonKind | null }[];
  longestRecord: number;
}

function scan(path: string, canonicalPath: string, given: TableFormat | undefined, limits: IngestLimits): ScannedFile {
  const window = new ByteWindow(path, limits.recordBytes);
  const writer = new CanonicalWriter(canonicalPath, limits.rows);
  try {
    const head = window.bytes.subarray(window.position, window.end);
    refuseForeign(head);
    const format = given ?? sniffFormat(head);
    const columns =
      format === 'jsonl'
        ? readJsonLines(window, writer, limits)
        : readDelimited(window, writer, format, limits).map((name) => ({ name }));
    const { rows: rowCount, longestRecord } = writer;
    if (rowCount === 0)
      throw new DataError('no_rows', 'the file has a header and no rows', { expected: 'at least one row' });
    if (columns.length === 0) throw new DataError('no_columns', 'no object in the file has a member');
    return { format, rowCount, columns, longestRecord, bytes: window.offset + window.end, sha256: window.digest() };
  } finally {
    writer.close();
    window.close();
  }
}

async function readColumns(table: DuckdbTable, { columns: sources, rowCount }: ScannedFile, limits: IngestLimits) {
  const info: ColumnInfo[] = [];
  const columns: Column[] = [];
  let [tableBytes, dictionaryBytes] = [0, 0];
  for (const [index, { name, kind }] of sources.entries()) {
    const column = await readColumn({ table, rowCount, cell: await table.cell(index), name, kind });
    tableBytes += bytesOf(column.data);
    dictionaryBytes += Buffer.byteLength(column.info.values?.join('') ?? '');
    if (tableBytes > limits.tableBytes) throw tooLarge('the typed columns take', limits.tableBytes, name);
    if (dictionaryBytes > limits.dictionaryBytes) throw tooLarge('the categories take', limits.dictionaryBytes, name);
    info.push(column.info);
    columns.push(column.data);
  }
  return { info, columns };
}

function bytesOf(column: Column): number {
  switch (column.type) {
    case 'number':
    case 'date':
      return column.values.byteLength;
    case 'category':
    case 'boolean':
      return column.codes.byteLength;
    case 'text':
      return column.bytes.byteLength + column.offsets.byteLength;
    default:
      throw new Error(`column type ${column satisfies never}`);
  }
}

const tooLarge = (what: string, limit: number, column: string): DataError =>
  new DataError('dataset_too_large', `${what} more than ${limit} bytes, from column "${column}" on`, {
    column,
    expected: limit,
  });
