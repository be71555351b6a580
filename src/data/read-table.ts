/**
 * From a table of text to its columnar form, in the process that calls: scan and check, copy in canonical form, load into
 * DuckDB, type and write each column. Runs in the ingest process (workers/ingest.ts), which a hostile file may kill.
 */
import { join } from 'node:path';
import type { DelimitedFormat } from '../schemas/dataset.js';
import { ByteWindow } from './byte-window.js';
import { CanonicalWriter } from './canonical.js';
import { CanonicalTable } from './canonical-table.js';
import { readDelimited } from './delimited.js';
import { Duckdb } from './duckdb.js';
import { DataError } from './errors.js';
import { refuseForeign, sniffFormat } from './formats.js';
import type { IngestedDataset, IngestRequest } from './ingest-protocol.js';
import { type JsonKind, readJsonLines } from './json-lines.js';
import type { IngestLimits } from './limits.js';
import { writeTable } from './write-table.js';

type TableRequest = Omit<IngestRequest, 'format'> & { format?: DelimitedFormat };

/** Reads the file and writes `<scratch>/columns.safetensors`, synced. Throws DataError. */
export async function readTable({ path, format, scratch, limits }: TableRequest): Promise<IngestedDataset> {
  const canonicalPath = join(scratch, 'rows.csv');
  const { format: found, rowCount, columns, longestRecord } = scan(path, canonicalPath, format, limits);
  const duckdb = await Duckdb.open(canonicalPath, { scratch, limits });
  try {
    const table = new CanonicalTable(duckdb, { path: canonicalPath, columns: columns.length, longestRecord }, limits);
    const cell = (index: number) => table.cell(index);
    return { format: found, contents: await writeTable({ duckdb, rowCount, columns, cell }, { scratch, limits }) };
  } finally {
    duckdb.close();
  }
}

interface ScannedFile {
  format: DelimitedFormat;
  rowCount: number;
  columns: { name: string; kind?: JsonKind | null }[];
  longestRecord: number;
}

function scan(
  path: string,
  canonicalPath: string,
  given: DelimitedFormat | undefined,
  limits: IngestLimits,
): ScannedFile {
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
    return { format, rowCount, columns, longestRecord };
  } finally {
    writer.close();
    window.close();
  }
}
