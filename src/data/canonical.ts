/**
 * The table as DuckDB gets it: CSV in its plainest form, so that nothing is left to a reader's guess. No header; every
 * value trimmed and in quotes; `\N`, unquoted, for a missing value; records end in LF. Columns that a row does not reach
 * are missing too.
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import { DataError } from './errors.js';
import { isPlainNumeral } from './numerals.js';
import { isMissing, longestMarker } from './values.js';

const quote = 0x22;
const comma = 0x2c;
const lineFeed = 0x0a;
export const missingField = '\\N';

/** The buffer is written out between rows once it holds this much; a longer row makes it grow. */
const flushBytes = 2 ** 20;
/** 1 for the bytes that a missing marker can begin with: the others need no closer look. */
const markerStart = new Uint8Array(256);
for (const character of 'nN?') markerStart[character.charCodeAt(0)] = 1;

const isSpace = (byte: number): boolean => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);

function isMarker(bytes: Buffer, start: number, end: number): boolean {
  if (start === end) return true;
  if (end - start > longestMarker || markerStart[bytes[start]!] === 0) return false;
  return isMissing(bytes.toString('latin1', start, end));
}

export class CanonicalWriter {
  rows = 0;
  /** Bytes of the longest record, its LF included. */
  longestRecord = 0;
  /** By column: whether every value so far is a plain numeral, or missing. */
  readonly numerals: boolean[] = [];
  readonly #file: number;
  readonly #maxRows: number;
  #buffer = Buffer.allocUnsafe(2 * flushBytes);
  #used = 0;
  #rowStart = 0;
  /** Of the next value. */
  #column = 0;

  constructor(path: string, maxRows: number) {
    this.#file = openSync(path, 'wx', 0o600);
    this.#maxRows = maxRows;
  }

  /** Adds bytes[start, end) as the row's next value. `escaped`: quotes inside it are written twice already. */
  field(bytes: Buffer, start: number, end: number, escaped: boolean): void {
    while (start < end && isSpace(bytes[start]!)) start++;
    while (start < end && isSpace(bytes[end - 1]!)) end--;
    if (isMarker(bytes, start, end)) {
      this.value(null);
      return;
    }
    this.#note(bytes, start, end);
    this.#copy(bytes, start, end, escaped);
  }

  /** Adds a value that is trimmed already, null if it is missing, as the row's next. */
  value(value: string | null): void {
    const field = value === null ? `${missingField},` : `"${value.replaceAll('"', '""')}",`;
    this.#reserve(3 * field.length); // UTF-8 takes three bytes for a UTF-16 unit at most
    const start = this.#used;
    this.#used += this.#buffer.write(field, start);
    this.#note(this.#buffer, start + 1, this.#used - 2, value === null); // between the quotes
  }

  /** Throws `too_many_rows`. A row has one field at least. */
  endRow(): void {
    this.#buffer[this.#used - 1] = lineFeed; // in place of the comma after the last field
    this.longestRecord = Math.max(this.longestRecord, this.#used - this.#rowStart);
    if (++this.rows > this.#maxRows) {
      throw new DataError('too_many_rows', `the file has more than ${this.#maxRows} rows`, { expected: this.#maxRows });
    }
    this.#column = 0;
    if (this.#used >= flushBytes) this.#flush();
    this.#rowStart = this.#used;
  }

  close(): void {
    this.#flush();
    closeSync(this.#file);
  }

  #note(bytes: Buffer, start: number, end: number, missing = false): void {
    const column = this.#column++;
    this.numerals[column] = (this.numerals[column] ?? true) && (missing || isPlainNumeral(bytes, start, end));
  }

  #copy(bytes: Buffer, start: number, end: number, escaped: boolean): void {
    this.#reserve(2 * (end - start) + 3);
    const buffer = this.#buffer;
    let used = this.#used;
    buffer[used++] = quote;
    for (let position = start; position < end; position++) {
      const byte = bytes[position]!;
      buffer[used++] = byte;
      if (byte === quote && !escaped) buffer[used++] = quote;
    }
    buffer[used++] = quote;
    buffer[used++] = comma;
    this.#used = used;
  }

  #reserve(bytes: number): void {
    if (this.#used + bytes <= this.#buffer.length) return;
    const wider = Buffer.allocUnsafe(2 * (this.#used + bytes));
    this.#buffer.copy(wider, 0, 0, this.#used);
    this.#buffer = wider;
  }

  #flush(): void {
    for (let written = 0; written < this.#used; ) {
      written += writeSync(this.#file, this.#buffer, written, this.#used - written);
    }
    this.#used = 0;
  }
}
