/** A matrix as a table: columns c0, c1, …, and the target's as y. */
import { join } from 'node:path';
import type { TableContents } from '../../schemas/dataset.js';
import { tooManyColumns } from '../column-names.js';
import { ColumnsWriter } from '../columns.js';
import { DataError } from '../errors.js';
import { resultName } from '../ingest-protocol.js';
import type { IngestLimits } from '../limits.js';
import { numberInfo } from '../number-info.js';
import { countsOf } from '../value-counts.js';
import { type Arrays, invalidArray, shapeOf } from './npy.js';

/** Writes `<scratch>/columns.safetensors`. Throws DataError. */
export async function writeMatrix(
  { x, y, testX, testY }: Arrays,
  { scratch, limits }: { scratch: string; limits: IngestLimits },
): Promise<TableContents> {
  const [rowCount = 0, width = 1] = x.shape;
  if (x.shape.length < 1 || x.shape.length > 2) throw invalidArray('x', 'a matrix, or images of uint8', shapeOf(x));
  if (testX || testY) throw invalidArray('testX', 'x and y alone: a job splits a table', 'an array to test with');
  if (rowCount === 0 || width === 0) throw new DataError('no_rows', 'the matrix is empty', { got: shapeOf(x) });
  if (y && !(y.shape[0] === rowCount && y.shape.slice(1).every((size) => size === 1)))
    throw invalidArray('y', `[${rowCount}], as x has rows`, shapeOf(y));
  if (width > limits.columns) throw tooManyColumns(limits.columns, width);
  if (rowCount > limits.rows) {
    const message = `the matrix has ${rowCount} rows, at most ${limits.rows} are read`;
    throw new DataError('too_many_rows', message, { expected: limits.rows, got: rowCount });
  }
  const bytes = Float64Array.BYTES_PER_ELEMENT * rowCount * (width + Number(y !== undefined));
  if (bytes > limits.tableBytes) {
    const message = `the columns take ${bytes} bytes, at most ${limits.tableBytes} are stored`;
    throw new DataError('dataset_too_large', message, { expected: limits.tableBytes, got: bytes });
  }
  const writer = new ColumnsWriter(scratch, rowCount);
  const add = (name: string, valueAt: (row: number) => number) => {
    const values = new Float64Array(rowCount);
    for (let row = 0; row < rowCount; row++) values[row] = valueAt(row);
    const missing = values.reduce((count, value) => count + Number(Number.isNaN(value)), 0);
    if (missing === rowCount) throw invalidArray(name, 'a number at least', 'NaN alone');
    const info = numberInfo(name, values);
    const column = { type: 'number', values } as const;
    writer.add({ name, missing, ...info, ...countsOf(column, info) }, column);
  };
  try {
    for (let column = 0; column < width; column++) add(`c${column}`, (row) => x.at(row * width + column));
    if (y) add('y', (row) => y.at(row));
    await writer.finish(join(scratch, resultName));
    return { kind: 'table', rowCount, columns: writer.info };
  } finally {
    writer.close();
  }
}
