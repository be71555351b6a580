/** Which format a file is in: what its name says, else what its first bytes look like. */
import { type DatasetFormat, type DelimitedFormat, datasetFormats, delimitedFormats } from '../schemas/dataset.js';
import { DataError } from './errors.js';

/** Extensions beside the formats' own names. */
const otherExtensions: ReadonlyMap<string | undefined, DatasetFormat> = new Map([
  ['ndjson', 'jsonl'],
  ['txt', 'text'],
]);

/** By extension: `jsonl` of `a/b.JSONL`; undefined where there is none that is known. */
export function formatOfName(fileName: string): DatasetFormat | undefined {
  const extension = /\.([a-z]+)$/i.exec(fileName)?.[1]?.toLowerCase();
  return otherExtensions.get(extension) ?? datasetFormats.find((format) => format === extension);
}

/** First bytes of what is often uploaded by mistake. */
const foreign: readonly [name: string, magic: string, hint: string][] = [
  ['gzip', '\x1f\x8b', 'decompress the file before uploading it'],
  ['a ZIP archive or an Excel workbook', 'PK\x03\x04', 'save the sheet as CSV'],
  ['Parquet', 'PAR1', 'send the field format with the value parquet'],
  ['UTF-16', '\xff\xfe', 'save the file as UTF-8'],
  ['UTF-16', '\xfe\xff', 'save the file as UTF-8'],
  ['PDF', '%PDF-', 'upload the table as CSV'],
];

/** Throws `unsupported_format` where the file's first bytes are those of a format that is not read. */
export function refuseForeign(head: Buffer): void {
  const start = head.toString('latin1', 0, 8);
  const found = foreign.find(([, magic]) => start.startsWith(magic));
  if (!found) return;
  const [got, , hint] = found;
  throw new DataError('unsupported_format', `the file is ${got}`, { expected: delimitedFormats, got, hint });
}

/** Of a table of text: a brace opens JSON Lines; tabs and no comma in the first line are TSV; the rest is CSV. */
export function sniffFormat(head: Buffer): DelimitedFormat {
  const line = head
    .toString('latin1')
    .trimStart()
    .split(/[\r\n]/, 1)[0]!;
  if (line.startsWith('{')) return 'jsonl';
  return line.includes('\t') && !line.includes(',') ? 'tsv' : 'csv';
}
