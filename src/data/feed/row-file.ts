/**
 * Encoded rows in a file, one behind the other, for tables that are larger than what may stand in memory. The file has no
 * name any more once it is open: it is gone with the run, however the run ends. It is a function of data and spec, so that a
 * resumed run makes the same one again.
 *
 * A record is a row's inputs, float32, and its target: float32, or int32 for a class.
 */
import { randomUUID } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type SplitName, splitNames } from '../../engine/index.js';
import type { Columns } from '../columns.js';
import { encodeRows } from '../encode.js';
import type { ColumnsPreparation } from '../prepare.js';
import type { SplitRows } from '../splits/splitting.js';
import { shared } from './arrays.js';
import type { RowReader } from './source.js';

export interface FileSource {
  kind: 'file';
  /** File descriptor, which every thread of the process reads by. */
  file: number;
  /** Record of each row of a split; shared. */
  records: { readonly [Name in SplitName]: Int32Array };
}

/** Where the file is made, and what is called whenever a part of it is written. */
export interface RowFileOptions {
  folder: string;
  onProgress: () => void;
}

const wordBytes = 4;
/** Encoded and written at once. */
const chunkBytes = 8 * 2 ** 20;

/** Writes the rows of all splits, in the order of the dataset. */
export function writeRowFile(
  columns: Columns,
  { preparation, rows }: { preparation: ColumnsPreparation; rows: SplitRows },
  { folder, onProgress }: RowFileOptions,
): FileSource {
  const recordOf = recordsOf(columns.rowCount, rows);
  const record = preparation.inputs + 1;
  const chunkRows = Math.max(1, Math.floor(chunkBytes / (record * wordBytes)));
  const file = openUnnamed(folder);
  try {
    for (let from = 0; from < columns.rowCount; from += chunkRows) {
      const to = Math.min(from + chunkRows, columns.rowCount);
      const used = recordOf.subarray(from, to);
      const local = Int32Array.from(used.keys()).filter((row) => used[row]! >= 0);
      writeFully(file, recordsIn(preparation, part(columns, from, to), local));
      onProgress();
    }
  } catch (error) {
    closeSync(file);
    throw error;
  }
  const [train, validation, test] = splitNames.map((name) => shared(rows[name].map((row) => recordOf[row]!)));
  return { kind: 'file', file, records: { train: train!, validation: validation!, test: test! } };
}

/** Record of each row of the dataset; −1 where no split has the row. */
function recordsOf(rowCount: number, rows: SplitRows): Int32Array {
  const recordOf = new Int32Array(rowCount).fill(-1);
  for (const name of splitNames) for (const row of rows[name]) recordOf[row] = 0;
  let next = 0;
  for (let row = 0; row < rowCount; row++) if (recordOf[row] === 0) recordOf[row] = next++;
  return recordOf;
}

function openUnnamed(folder: string): number {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `rows-${randomUUID()}`);
  const file = openSync(path, 'wx+');
  unlinkSync(path);
  return file;
}

/** Rows [from, to) as a table of their own. */
const part = (columns: Columns, from: number, to: number): Columns => ({
  rowCount: to - from,
  info: columns.info,
  column: (name) => columns.slice(name, from, to),
  slice: (name, first, last) => columns.slice(name, from + first, from + last),
});

function recordsIn(preparation: ColumnsPreparation, columns: Columns, rows: Int32Array): Uint8Array {
  const { inputs } = preparation;
  const { x, y } = encodeRows(preparation, columns, rows);
  const records = new Float32Array(rows.length * (inputs + 1));
  const targets = y instanceof Int32Array ? new Int32Array(records.buffer) : records;
  for (let row = 0; row < rows.length; row++) {
    const first = row * (inputs + 1);
    records.set(x.subarray(row * inputs, (row + 1) * inputs), first);
    targets[first + inputs] = y[row]!;
  }
  return new Uint8Array(records.buffer);
}

function writeFully(file: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
}

/** Reads the records of a batch in the order in which they lie; those side by side at once. */
export function fileReader({ file, records }: FileSource, inputs: number): RowReader {
  const record = inputs + 1;
  return {
    read(split, places, { x, y }) {
      const sorted = Array.from(places, (place, row) => ({ row, at: records[split][place]! })).sort(
        (a, b) => a.at - b.at,
      );
      const values = new Float32Array(places.length * record);
      const targets = y instanceof Int32Array ? new Int32Array(values.buffer) : values;
      for (let first = 0; first < sorted.length; ) {
        let end = first + 1;
        while (end < sorted.length && sorted[end]!.at === sorted[end - 1]!.at + 1) end++;
        const bytes = new Uint8Array(values.buffer, first * record * wordBytes, (end - first) * record * wordBytes);
        readFully(file, bytes, sorted[first]!.at * record * wordBytes);
        first = end;
      }
      sorted.forEach(({ row }, index) => {
        const from = index * record;
        x.set(values.subarray(from, from + inputs), row * inputs);
        y[row] = targets[from + inputs]!;
      });
    },
  };
}

function readFully(file: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length; ) {
    const read = readSync(file, bytes, done, bytes.length - done, position + done);
    if (read === 0) throw new Error(`rows of the run: the file ends at ${position + done}`);
    done += read;
  }
}
