/**
 * Reads JSON Lines: one flat object a line, its keys the columns in order of first appearance (within an object, digits
 * first, as JavaScript has it); a key that a line lacks is a missing value. A column holds one kind of value (numbers, booleans or strings), null and the missing markers aside:
 * what a mixture means would be a guess.
 */
import { isUtf8 } from 'node:buffer';
import { type ByteWindow, carriageReturn, lineFeed } from './byte-window.js';
import type { CanonicalWriter } from './canonical.js';
import { checkColumnName, duplicateColumn, tooManyColumns } from './column-names.js';
import { DataError } from './errors.js';
import type { IngestLimits } from './limits.js';
import { invalidUtf8 } from './utf8.js';
import { isMissing, trimmed } from './values.js';

const doubleQuote = 0x22;
const backslash = 0x5c;
const colon = 0x3a;

const loneSurrogate = /\p{Surrogate}/u;

export type JsonKind = 'number' | 'boolean' | 'string';

export interface JsonColumn {
  name: string;
  /** null while every value is missing. */
  kind: JsonKind | null;
}

/** Copies the objects in `window` to `writer` and answers the columns. */
export function readJsonLines(window: ByteWindow, writer: CanonicalWriter, limits: IngestLimits): JsonColumn[] {
  const columns: JsonColumn[] = [];
  const indexOf = new Map<string, number>();
  const row: (string | null)[] = [];
  while (window.skipLineEnds()) {
    const line = window.line;
    const text = nextLine(window);
    if (trimmed(text) === '') continue;
    row.fill(null);
    for (const [name, value] of Object.entries(parseObject(text, line))) {
      let index = indexOf.get(name);
      if (index === undefined) {
        index = columns.length;
        if (index === limits.columns) throw tooManyColumns(limits.columns, index + 1, line);
        checkColumnName(name, index + 1, line);
        checkText(name, name, line);
        columns.push({ name, kind: null });
        indexOf.set(name, index);
      }
      row[index] = textOf(value, columns[index]!, line);
    }
    for (const value of row) writer.value(value);
    if (row.length === 0) writer.value(null);
    writer.endRow();
  }
  if (window.offset + window.end === 0) {
    throw new DataError('empty_dataset', 'the file is empty', { expected: 'a JSON object a line' });
  }
  return columns;
}

/** The line at the window's position, which it moves to the line's end. */
function nextLine(window: ByteWindow): string {
  for (;;) {
    const { bytes, position, end } = window;
    let stop = position;
    while (stop < end && bytes[stop] !== lineFeed && bytes[stop] !== carriageReturn) stop++;
    if (stop < end || window.atEnd) {
      const line = bytes.subarray(position, stop);
      if (!isUtf8(line)) throw invalidUtf8(line, { offset: window.offset + position, row: window.line });
      window.position = stop;
      return line.toString('utf8');
    }
    if (!window.fill()) {
      const { line: row, maxBytes } = window;
      throw new DataError('line_too_long', `line ${row} has more than ${maxBytes} bytes`, { row, expected: maxBytes });
    }
  }
}

function parseObject(text: string, row: number): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new DataError('invalid_json', `line ${row}: ${(error as Error).message}`, { row, expected: 'a JSON object' });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new DataError('not_an_object', `line ${row}: expected a JSON object, got ${jsonKind(value)}`, {
      row,
      expected: 'object',
      got: jsonKind(value),
    });
  }
  const object = value as Record<string, unknown>;
  for (const [column, member] of Object.entries(object)) {
    if (typeof member === 'object' && member !== null) throw nestedValue(column, member, row);
  }
  if (eachKey(text) !== Object.keys(object).length) throw repeatedKey(text, row);
  return object;
}

/** JSON.parse keeps only the last of several members of one name: this tells their names, as they stand in the text. */
function repeatedKey(text: string, row: number): DataError {
  const seen = new Set<string>();
  let repeated = '';
  eachKey(text, (key) => {
    if (seen.has(key)) repeated = key;
    seen.add(key);
  });
  return duplicateColumn(repeated, row, 'the object has two members named');
}

/** Visits the keys of a flat JSON object, repeated ones too, and counts them. */
function eachKey(text: string, visit?: (key: string) => void): number {
  let count = 0;
  let start = -1; // of the string that is open
  let key: [start: number, end: number] = [0, 0];
  for (let position = 0; position < text.length; position++) {
    const character = text.charCodeAt(position);
    if (start >= 0) {
      if (character === backslash) position++;
      else if (character === doubleQuote) {
        key = [start, position + 1];
        start = -1;
      }
    } else if (character === doubleQuote) start = position;
    else if (character === colon) {
      count++;
      visit?.(JSON.parse(text.slice(...key)) as string);
    }
  }
  return count;
}

const jsonKind = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

function nestedValue(column: string, value: object, row: number): DataError {
  const got = jsonKind(value);
  return new DataError('nested_value', `line ${row}, column "${column}": expected a flat value, got an ${got}`, {
    row,
    column,
    expected: 'number, string, boolean or null',
    got,
    hint: 'flatten the object before uploading it',
  });
}

/** The value's canonical text, null if it is missing; notes the column's kind or throws `mixed_types`. */
function textOf(value: unknown, column: JsonColumn, row: number): string | null {
  if (value === null) return null;
  const text = typeof value === 'string' ? trimmed(value) : String(value);
  if (typeof value === 'string') {
    if (isMissing(text)) return null;
    checkText(text, column.name, row);
  }
  const kind = typeof value as JsonKind;
  column.kind ??= kind;
  if (column.kind !== kind) {
    throw new DataError(
      'mixed_types',
      `line ${row}, column "${column.name}": expected a ${column.kind} as in the lines before, got a ${kind}`,
      { row, column: column.name, expected: column.kind, got: kind },
    );
  }
  return text;
}

/** JSON's escapes can write what neither UTF-8 nor a database holds as text. */
function checkText(text: string, column: string, row: number): void {
  const hasNul = text.includes('\0');
  if (!hasNul && !loneSurrogate.test(text)) return;
  const [code, got] = hasNul ? ['nul_byte', 'a NUL character'] : ['invalid_utf8', 'half a surrogate pair'];
  throw new DataError(code, `line ${row}, column "${column}": a string holds ${got}`, { row, column, got });
}
