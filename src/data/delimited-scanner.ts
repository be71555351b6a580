/**
 * Finds the records of a delimited file (RFC 4180, and what is commonly met besides) in linear time and bounded memory.
 * Accepts a byte order mark, line ends LF, CRLF and CR in any mixture, and blank lines, which it skips. A quote opens a
 * quoted field only as its first byte; elsewhere in an unquoted field it is text. Refuses NUL bytes, open quotes, text
 * after a closing quote and records that do not fit the window, naming line and field.
 */
import { type ByteWindow, carriageReturn, lineFeed } from './byte-window.js';
import { DataError } from './errors.js';

const quote = 0x22;

/** One record: where its fields lie in the window. The scanner fills the same object again for the next. */
export class DelimitedRecord {
  bytes: Buffer = Buffer.alloc(0);
  /** Line it starts on, from 1. */
  line = 0;
  /** Fields found; those past the capacity are counted but not located. */
  fields = 0;
  /** Field i is bytes[starts[i], ends[i]), without the quotes around it. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** 1 where the field stood in quotes: a quote inside it is written twice. */
  readonly quoted: Uint8Array;
  /** Whether every byte is below 0x80. */
  ascii = true;

  constructor(capacity: number) {
    this.starts = new Int32Array(capacity);
    this.ends = new Int32Array(capacity);
    this.quoted = new Uint8Array(capacity);
  }

  /** The field's text, doubled quotes undone. */
  text(index: number): string {
    const text = this.bytes.toString('utf8', this.starts[index], this.ends[index]);
    return this.quoted[index] ? text.replaceAll('""', '"') : text;
  }
}

/** The window ends before the record does. */
const cutOff = -1;

export class DelimitedScanner {
  readonly #window: ByteWindow;
  readonly #separator: number;
  /** 1 for the bytes that an unquoted field cannot hold. */
  readonly #special = new Uint8Array(256);
  /** Bytes of the record so far, or-ed together. */
  #union = 0;
  /** Line of the quote that is open, 0 if none is. */
  #quoteLine = 0;

  constructor(window: ByteWindow, separator: string) {
    this.#window = window;
    this.#separator = separator.charCodeAt(0);
    for (const byte of [this.#separator, lineFeed, carriageReturn, 0]) this.#special[byte] = 1;
  }

  /** Finds the next record that is not a blank line; false at the end of the file. */
  next(record: DelimitedRecord): boolean {
    const window = this.#window;
    if (!window.skipLineEnds()) return false;
    record.line = window.line;
    for (;;) {
      const next = this.#scanRecord(record);
      if (next !== cutOff) {
        window.position = next;
        return true;
      }
      window.line = record.line; // the record will be scanned again from its start
      if (!window.fill()) throw this.#tooLong(record.line);
    }
  }

  /** Locates the fields of the record at the window's position; answers where its line end stands, or `cutOff`. */
  #scanRecord(record: DelimitedRecord): number {
    const { bytes, end, atEnd } = this.#window;
    const special = this.#special;
    const capacity = record.starts.length;
    record.bytes = bytes;
    record.fields = 0;
    this.#union = 0;
    for (let position = this.#window.position; ; position++) {
      let start = position;
      let stop: number;
      const quoted = position < end && bytes[position] === quote;
      if (quoted) {
        start++;
        position = this.#scanQuoted(start, record.fields + 1);
        if (position === cutOff) return cutOff;
        stop = position - 1;
      } else {
        let union = 0;
        while (position < end && special[bytes[position]!] === 0) union |= bytes[position++]!;
        this.#union |= union;
        stop = position;
      }
      if (position === end && !atEnd) return cutOff;
      if (record.fields < capacity) {
        record.starts[record.fields] = start;
        record.ends[record.fields] = stop;
        record.quoted[record.fields] = quoted ? 1 : 0;
      }
      record.fields++;
      const byte = position === end ? lineFeed : bytes[position]!;
      if (byte === this.#separator) continue;
      if (byte === 0) throw this.#nulByte(position, record.fields);
      if (byte !== lineFeed && byte !== carriageReturn) throw this.#textAfterQuote(record.fields);
      record.ascii = this.#union < 0x80;
      return position;
    }
  }

  /** From the byte after an opening quote to the byte after the closing one, or `cutOff`. `ordinal` is the field's, from 1. */
  #scanQuoted(start: number, ordinal: number): number {
    const { bytes, end, atEnd } = this.#window;
    this.#quoteLine = this.#window.line;
    for (let position = start; position < end; position++) {
      const byte = bytes[position]!;
      this.#union |= byte;
      if (byte === quote) {
        if (position + 1 === end && !atEnd) return cutOff;
        if (position + 1 === end || bytes[position + 1] !== quote) {
          this.#quoteLine = 0;
          return position + 1;
        }
        position++;
      } else if (byte === carriageReturn || (byte === lineFeed && bytes[position - 1] !== carriageReturn))
        this.#window.line++;
      else if (byte === 0) throw this.#nulByte(position, ordinal);
    }
    if (!atEnd) return cutOff;
    throw this.#unclosedQuote('before the file ends');
  }

  #unclosedQuote(where: string): DataError {
    const row = this.#quoteLine;
    return new DataError('unclosed_quote', `line ${row}: a quote is opened and not closed ${where}`, {
      row,
      hint: 'a quote inside a quoted field is written twice',
    });
  }

  #textAfterQuote(ordinal: number): DataError {
    const row = this.#window.line;
    return new DataError('text_after_quote', `line ${row}, field ${ordinal}: text follows a closing quote`, {
      row,
      expected: 'a separator or the end of the line',
      hint: 'a quote inside a quoted field is written twice',
    });
  }

  #nulByte(position: number, ordinal: number): DataError {
    const row = this.#window.line;
    const offset = this.#window.offset + position;
    return new DataError('nul_byte', `line ${row}, field ${ordinal}: NUL byte at offset ${offset}`, {
      row,
      got: `byte 0x0 at offset ${offset}`,
    });
  }

  #tooLong(row: number): DataError {
    const bytes = this.#window.maxBytes;
    if (this.#quoteLine > 0) return this.#unclosedQuote(`within ${bytes} bytes`);
    return new DataError('line_too_long', `line ${row} has more than ${bytes} bytes`, { row, expected: bytes });
  }
}
