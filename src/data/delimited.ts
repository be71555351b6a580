/** Reads a CSV or TSV file: the header's names, then each record checked against them and written as a canonical row. */
import { isUtf8 } from 'node:buffer';
import type { ByteWindow } from './byte-window.js';
import type { CanonicalWriter } from './canonical.js';
import { checkColumnNames, tooManyColumns } from './column-names.js';
import { DelimitedRecord, DelimitedScanner } from './delimited-scanner.js';
import { DataError } from './errors.js';
import type { IngestLimits } from './limits.js';
import { invalidUtf8 } from './utf8.js';
import { trimmed } from './values.js';

/**
 * Copies the table in `window` to `writer` and answers the columns' names. A CSV file's separator is the comma, or the
 * semicolon where the header has semicolons and no comma.
 */
export function readDelimited(
  window: ByteWindow,
  writer: CanonicalWriter,
  format: 'csv' | 'tsv',
  limits: IngestLimits,
): string[] {
  const scanner = new DelimitedScanner(window, format === 'tsv' ? '\t' : guessSeparator(window));
  const names = readHeader(scanner, window, limits);
  const record = new DelimitedRecord(names.length);
  while (scanner.next(record)) {
    if (record.fields !== names.length) throw raggedRow(record, names);
    checkEncoding(record, window, names);
    for (let index = 0; index < names.length; index++) {
      writer.field(record.bytes, record.starts[index]!, record.ends[index]!, record.quoted[index] === 1);
    }
    writer.endRow();
  }
  return names;
}

function guessSeparator({ bytes, position, end }: ByteWindow): ',' | ';' {
  const header = bytes
    .toString('latin1', position, end)
    .trimStart()
    .split(/[\r\n]/, 1)[0]!;
  return header.includes(';') && !header.includes(',') ? ';' : ',';
}

function readHeader(scanner: DelimitedScanner, window: ByteWindow, limits: IngestLimits): string[] {
  const header = new DelimitedRecord(limits.columns);
  if (!scanner.next(header)) {
    throw new DataError('empty_dataset', 'the file is empty', { expected: 'a header line and rows' });
  }
  if (header.fields > limits.columns) throw tooManyColumns(limits.columns, header.fields, header.line);
  checkEncoding(header, window);
  const names = Array.from({ length: header.fields }, (_, index) => trimmed(header.text(index)));
  checkColumnNames(names, header.line);
  return names;
}

function checkEncoding(record: DelimitedRecord, window: ByteWindow, names?: readonly string[]): void {
  if (record.ascii) return;
  for (let index = 0; index < record.fields; index++) {
    const start = record.starts[index]!;
    const field = record.bytes.subarray(start, record.ends[index]);
    if (isUtf8(field)) continue;
    throw invalidUtf8(field, { offset: window.offset + start, row: record.line, column: names?.[index] });
  }
}

function raggedRow({ line, fields }: DelimitedRecord, names: readonly string[]): DataError {
  const missingFrom = names[fields]; // the first column that got no field
  return new DataError('ragged_row', `line ${line}: expected ${names.length} fields, got ${fields}`, {
    row: line,
    ...(missingFrom !== undefined && { column: missingFrom }),
    expected: names.length,
    got: fields,
  });
}
