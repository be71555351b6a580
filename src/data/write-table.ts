/** Types a table's columns one after the other, and writes each as it is read: one of them is in memory at a time. */
import { join } from 'node:path';
import type { TableContents } from '../schemas/dataset.js';
import { type Column, ColumnsWriter } from './columns.js';
import type { Duckdb } from './duckdb.js';
import { DataError } from './errors.js';
import { resultName } from './ingest-protocol.js';
import type { IngestLimits } from './limits.js';
import { type DeclaredKind, readColumn } from './typing.js';

export interface SourceTable {
  duckdb: Duckdb;
  rowCount: number;
  columns: readonly { name: string; kind?: DeclaredKind | null }[];
  /** The SQL name of a column, asked for in order. */
  cell(index: number): string | Promise<string>;
}

/** Writes `<scratch>/columns.safetensors`. Throws DataError. */
export async function writeTable(
  { duckdb, rowCount, columns, cell }: SourceTable,
  { scratch, limits }: { scratch: string; limits: IngestLimits },
): Promise<TableContents> {
  const writer = new ColumnsWriter(scratch, rowCount);
  try {
    let [tableBytes, dictionaryBytes] = [0, 0];
    for (const [index, { name, kind }] of columns.entries()) {
      const mostTextBytes = limits.heldBytes;
      const column = await readColumn({ duckdb, rowCount, cell: await cell(index), name, kind, mostTextBytes });
      tableBytes += bytesOf(column.data);
      dictionaryBytes += Buffer.byteLength(column.info.values?.join('') ?? '');
      if (tableBytes > limits.tableBytes) throw tooLarge('the typed columns take', limits.tableBytes, name);
      if (dictionaryBytes > limits.dictionaryBytes) throw tooLarge('the categories take', limits.dictionaryBytes, name);
      writer.add(column.info, column.data);
    }
    await writer.finish(join(scratch, resultName));
    return { kind: 'table', rowCount, columns: writer.info };
  } finally {
    writer.close();
  }
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
