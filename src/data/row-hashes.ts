/**
 * Equal rows: two 32-bit hashes a row, column by column, so that a table is read once and in order. That two different rows
 * of 10⁶ share both has a chance of 3·10⁻⁸.
 */
import type { Column } from './columns.js';

export interface RowHashes {
  /** [rows] */
  first: Uint32Array;
  /** [rows] */
  second: Uint32Array;
}

/** Of rows without any column. */
export function newRowHashes(rows: number): RowHashes {
  return { first: new Uint32Array(rows).fill(0x811c9dc5), second: new Uint32Array(rows).fill(0x9e3779b9) };
}

/** Multiplication and shift as MurmurHash3 mixes a word into its state. */
function mix(hashes: RowHashes, row: number, word: number): void {
  const { first, second } = hashes;
  const scrambled = Math.imul(word, 0xcc9e2d51);
  const turned = Math.imul((scrambled << 15) | (scrambled >>> 17), 0x1b873593);
  const a = first[row]! ^ turned;
  first[row] = Math.imul((a << 13) | (a >>> 19), 5) + 0xe6546b64;
  const b = Math.imul(second[row]! ^ word, 0x85ebca6b);
  second[row] = Math.imul(b ^ (b >>> 13), 0xc2b2ae35) ^ (b >>> 16);
}

/** Mixes in a column. Missing values equal one another, and 0 equals −0. */
export function mixColumn(hashes: RowHashes, column: Column): void {
  switch (column.type) {
    case 'number':
    case 'date': {
      const { values } = column;
      const words = new Uint32Array(2);
      const float = new Float64Array(words.buffer);
      for (let row = 0; row < values.length; row++) {
        float[0] = values[row]! + 0; // −0 + 0 = 0
        if (Number.isNaN(float[0])) words.set([0, 0x7ff80000]);
        mix(hashes, row, words[0]!);
        mix(hashes, row, words[1]!);
      }
      return;
    }
    case 'category':
    case 'boolean':
      column.codes.forEach((code, row) => {
        mix(hashes, row, code);
      });
      return;
    case 'text': {
      const { offsets, bytes } = column;
      for (let row = 0; row + 1 < offsets.length; row++) {
        mixBytes(hashes, row, bytes.subarray(offsets[row]!, offsets[row + 1]!));
      }
      return;
    }
    default:
      throw new Error(`column type ${column satisfies never}`);
  }
}

/** Mixes in bytes and how many they are. */
export function mixBytes(hashes: RowHashes, row: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; at += 4) {
    mix(hashes, row, bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24));
  }
  mix(hashes, row, bytes.length);
}

/** [rows]: the first row that equals each; its own number where no earlier one does. */
export function firstEqualRows({ first, second }: RowHashes): Int32Array {
  const rows = first.length;
  const size = 2 ** Math.ceil(Math.log2(2 * rows + 2)); // at most half full, so that probes are short
  const table = new Int32Array(size).fill(-1);
  const firstEqual = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    let place = first[row]! & (size - 1);
    let other = table[place]!;
    while (other >= 0 && (first[other] !== first[row] || second[other] !== second[row])) {
      place = (place + 1) & (size - 1);
      other = table[place]!;
    }
    if (other < 0) table[place] = row;
    firstEqual[row] = other < 0 ? row : other;
  }
  return firstEqual;
}
