/** Checks that bytes are text, and counts what is in it: characters (code points), those that differ, and lines. */
import { DataError } from '../errors.js';
import { codePointAt, codePoints, invalid, utf8Length } from './code-points.js';

export interface TextCounts {
  characters: number;
  distinctCharacters: number;
  /** Ended by LF, but for the last. */
  lines: number;
}

const lineFeed = 0x0a;

/** Throws `invalid_utf8` or `nul_byte`, naming line and offset; the text begins at `offset` of its file. */
export function countText(text: Uint8Array, offset = 0): TextCounts {
  const seen = new Uint8Array(codePoints);
  let [characters, distinctCharacters, line] = [0, 0, 1];
  for (let at = 0; at < text.length; characters++) {
    const codePoint = codePointAt(text, at);
    if (codePoint === invalid) throw invalidByte(text[at]!, offset + at, line);
    if (codePoint === 0) throw nulByte(offset + at, line);
    if (codePoint === lineFeed) line++;
    if (seen[codePoint] === 0) {
      seen[codePoint] = 1;
      distinctCharacters++;
    }
    at += utf8Length(codePoint);
  }
  return { characters, distinctCharacters, lines: text.at(-1) === lineFeed ? line - 1 : line };
}

function invalidByte(byte: number, offset: number, row: number): DataError {
  const got = `byte 0x${byte.toString(16)} at offset ${offset}`;
  return new DataError('invalid_utf8', `line ${row}: ${got} begins no character of UTF-8`, {
    row,
    expected: 'UTF-8',
    got,
    hint: 'save the file as UTF-8',
  });
}

function nulByte(offset: number, row: number): DataError {
  const got = `byte 0x0 at offset ${offset}`;
  const hint = 'is the file text, and saved as UTF-8?';
  return new DataError('nul_byte', `line ${row}: ${got}`, { row, expected: 'text without NUL', got, hint });
}
