/** A dataset's rows as a model takes them, with what is to be predicted, batch by batch: no more is in memory at once. */
import { type Columns, windowOf } from '../../data/columns.js';
import { encodeFeatures, isComplete } from '../../data/encode.js';
import { DataError } from '../../data/errors.js';
import { encodeImageRows } from '../../data/images/images.js';
import type { RowsPreparation } from '../../data/preparation.js';
import type { StoredDataset } from '../../data/stored-dataset.js';
import { readTarget } from '../../data/target.js';
import { encodeTexts } from '../../data/text/texts.js';

export interface LabelledRows {
  /** Places in the dataset. */
  rows: Int32Array;
  /** [rows, inputs] */
  x: Float32Array | Int32Array;
  /** [rows]: places in the model's classes, or values in the target's own units */
  targets: Float64Array;
}

/** Rows that are no part of it. */
export interface LeftOut {
  withoutTarget: number;
  /** Of a class that the model does not know. */
  unknownClass: number;
  /** Without a value that the model must have. */
  incomplete: number;
}

const mostRows = 8192;
/** Numbers in the inputs of a batch at most, 16 MiB. */
const mostInputs = 2 ** 22;

/** `leftOut` is counted up. `only`: rows of the dataset, ascending; else all. Throws DataError where the dataset does not fit. */
export function* labelledRows(
  stored: StoredDataset,
  preparation: RowsPreparation,
  { leftOut, only }: { leftOut: LeftOut; only?: Int32Array },
): Generator<LabelledRows> {
  const { rowCount, read } = readerOf(stored, preparation);
  const step = Math.max(1, Math.min(mostRows, Math.floor(mostInputs / preparation.inputs)));
  let next = 0; // in `only`
  for (let from = 0; from < rowCount; from += step) {
    const to = Math.min(rowCount, from + step);
    const first = next;
    if (only) while (next < only.length && only[next]! < to) next++;
    if (only && next === first) continue;
    const wanted = only
      ? only.subarray(first, next).map((row) => row - from)
      : Int32Array.from({ length: to - from }, (_, row) => row);
    const { targetOf, completes, encode } = read(from, to);
    const targets: number[] = [];
    const rows = wanted.filter((row) => {
      const target = targetOf(row);
      if (Number.isNaN(target)) leftOut.withoutTarget++;
      else if (target < 0 && preparation.target.type === 'classification') leftOut.unknownClass++;
      else if (!completes(row)) leftOut.incomplete++;
      else return targets.push(target) > 0;
      return false;
    });
    if (rows.length > 0)
      yield { rows: rows.map((row) => from + row), x: encode(rows), targets: Float64Array.from(targets) };
  }
}

/** Rows [from, to), by their place behind `from`. */
interface Part {
  /** Place in the model's classes, −1 where it is none of them, or value; NaN where it is missing. */
  targetOf(row: number): number;
  completes(row: number): boolean;
  encode(rows: Int32Array): Float32Array | Int32Array;
}

function readerOf(
  stored: StoredDataset,
  preparation: RowsPreparation,
): { rowCount: number; read(from: number, to: number): Part } {
  if (preparation.kind === 'images') {
    if (stored.kind !== 'images') throw otherKind('images', stored.kind);
    const { contents, pixels, labels } = stored.images;
    const [expected, got] = [preparation.shape.join(' × '), contents.shape.join(' × ')];
    if (expected !== got) throw unfit(`images of ${expected}`, `images of ${got}`);
    const places = contents.classes.map((name) => preparation.target.classes.indexOf(name));
    return {
      rowCount: contents.rowCount,
      read: (from) => ({
        targetOf: (row) => places[labels[from + row]!]!,
        completes: () => true,
        encode: (rows) =>
          encodeImageRows(
            preparation,
            pixels,
            rows.map((row) => from + row),
          ),
      }),
    };
  }
  if (stored.kind !== 'table') throw otherKind('a table', stored.kind);
  const { columns } = stored;
  return {
    rowCount: columns.rowCount,
    read(from, to) {
      const window = windowOf(columns, from, to);
      const targetOf = targetReader(preparation, window);
      if (preparation.kind === 'texts')
        return { targetOf, completes: () => true, encode: (rows) => encodeTexts(preparation, window, rows) };
      return {
        targetOf,
        completes: isComplete(preparation, window),
        encode: (rows) => encodeFeatures(preparation, window, rows),
      };
    },
  };
}

function targetReader({ target }: RowsPreparation, columns: Columns): (row: number) => number {
  const { classes, values } = readTarget(columns, target.name, target.type);
  if (target.type === 'regression') return (row) => values[row]!;
  const places = classes!.map((name) => target.classes.indexOf(name));
  return (row) => places[values[row]!] ?? Number.NaN;
}

const unfit = (expected: string, got: string): DataError =>
  new DataError('other_kind', `expected ${expected}, got ${got}`, { expected, got });

const otherKind = (expected: string, got: string): DataError => unfit(expected, got === 'table' ? 'a table' : got);
