/**
 * A file seen through a window that slides and grows: a scanner reads records from `position` on and, when the last one
 * is cut off by `end`, asks for more. A record that does not fit doubles the window, so that rescanning costs at most
 * twice the file; past `maxBytes` the window refuses, and memory stays bounded.
 */
import { closeSync, openSync, readSync } from 'node:fs';

export const lineFeed = 0x0a;
export const carriageReturn = 0x0d;
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);
const initialBytes = 2 ** 20;

export class ByteWindow {
  bytes: Buffer;
  /** Bytes of the window that hold data. */
  end = 0;
  /** No byte of the file lies beyond `end`. */
  atEnd = false;
  /** Where the next record begins: kept by the scanner. */
  position = 0;
  /** Line of the file at `position`, from 1: kept by the scanner, but for line ends between records. */
  line = 1;
  /** Offset in the file of the window's first byte. */
  offset = 0;
  /** The window grows to this at most. */
  readonly maxBytes: number;
  readonly #file: number;
  /** The byte before `position` is a CR between records: an LF at `position` belongs to it. */
  #afterReturn = false;

  /** Opens the file and skips a byte order mark. */
  constructor(path: string, maxBytes: number) {
    this.maxBytes = maxBytes;
    this.bytes = Buffer.allocUnsafe(Math.min(initialBytes, maxBytes));
    this.#file = openSync(path, 'r');
    this.fill();
    if (this.bytes.subarray(0, Math.min(3, this.end)).equals(byteOrderMark)) this.position = 3;
  }

  /** Drops what lies before `position` and reads on. False when the window is full already: the record is too long. */
  fill(): boolean {
    if (this.position === 0 && this.end === this.bytes.length) {
      if (this.bytes.length >= this.maxBytes) return false;
      const wider = Buffer.allocUnsafe(Math.min(2 * this.bytes.length, this.maxBytes));
      this.bytes.copy(wider, 0, 0, this.end);
      this.bytes = wider;
    } else {
      this.bytes.copyWithin(0, this.position, this.end);
      this.end -= this.position;
      this.offset += this.position;
      this.position = 0;
    }
    while (!this.atEnd && this.end < this.bytes.length) {
      const read = readSync(this.#file, this.bytes, this.end, this.bytes.length - this.end, null);
      this.end += read;
      this.atEnd = read === 0;
    }
    return true;
  }

  /** Moves `position` over line ends (LF, CR LF or CR), reading on where the window ends; false at the end of the file. */
  skipLineEnds(): boolean {
    for (;;) {
      for (; this.position < this.end; this.position++) {
        const byte = this.bytes[this.position];
        const isReturn = byte === carriageReturn;
        if (!isReturn && byte !== lineFeed) {
          this.#afterReturn = false;
          return true;
        }
        if (isReturn || !this.#afterReturn) this.line++;
        this.#afterReturn = isReturn;
      }
      if (this.atEnd) return false;
      this.fill();
    }
  }

  close(): void {
    closeSync(this.#file);
  }
}
