/** Rows for predict from a file: JSON as it is, or a table of which the model's columns are taken. */

export interface Feature {
  name: string;
  type: string;
}
export type Row = Record<string, unknown>;

/** An array of objects, or `{ "rows": [...] }` as the API has it. */
export function rowsOfJson(text: string): Row[] {
  const read: unknown = JSON.parse(text);
  const rows = Array.isArray(read) ? read : (read as { rows?: unknown } | null)?.rows;
  if (!Array.isArray(rows)) throw new Error('expected an array of rows, or an object with `rows`');
  return rows as Row[];
}

/**
 * A table with a header (RFC 4180), read as an upload of it is: separated by tabs if it is a TSV, else by commas, or by
 * semicolons where the header has those and no comma. Columns that the model does not read, as its target, are left out.
 */
export function rowsOfTable(file: string, text: string, features: readonly Feature[]): Row[] {
  const content = text.replace(/^\uFEFF/, '');
  const [head = [], ...records] = recordsOf(content, /\.tsv$/i.test(file) ? '\t' : separatorOf(content));
  const header = head.map((name) => name.trim());
  const missing = features.find(({ name }) => !header.includes(name));
  if (missing) throw new Error(`expected a column ${missing.name}, which the model reads; got ${header.join(', ')}`);
  return records.map((record, index) => {
    if (record.length !== header.length) {
      throw new Error(`row ${index + 1}: expected ${header.length} fields, got ${record.length}`);
    }
    return Object.fromEntries(features.map(({ name, type }) => [name, rawValue(record[header.indexOf(name)]!, type)]));
  });
}

/** What is neither number nor truth goes as it stands: the service knows the words for a missing value, and names the rest. */
function rawValue(cell: string, type: string): unknown {
  const word = cell.trim().toLowerCase();
  if (word === '') return null;
  if (type === 'number' && Number.isFinite(Number(word))) return Number(word);
  return type === 'boolean' && ['true', 'false'].includes(word) ? word === 'true' : cell;
}

type Separator = ',' | ';' | '\t';

function separatorOf(text: string): Separator {
  const header = text.trimStart().split(/[\r\n]/, 1)[0]!;
  return header.includes(';') && !header.includes(',') ? ';' : ',';
}

function recordsOf(text: string, separator: Separator): string[][] {
  /** A field, quoted or not, and what ends it. */
  const field = new RegExp(`(?:"((?:[^"]|"")*)"|([^"${separator}\\r\\n]*))(${separator}|\\r?\\n|$)`, 'y');
  const records: string[][] = [];
  let record: string[] = [];
  while (field.lastIndex < text.length || record.length > 0) {
    const start = field.lastIndex;
    const match = field.exec(text);
    if (!match)
      throw new Error(`record ${records.length + 1}: a quote stands where none may, after character ${start}`);
    record.push(match[1]?.replaceAll('""', '"') ?? match[2]!);
    if (match[3] === separator) continue;
    if (record.length > 1 || record[0] !== '') records.push(record); // not an empty line
    record = [];
  }
  return records;
}

/** `rows` in order, in batches of at most so many rows and bytes of JSON; a row that is larger is one alone. */
export function* batchesOf(rows: readonly Row[], most: { rows: number; bytes: number }): Generator<Row[]> {
  let batch: Row[] = [];
  let bytes = 0;
  for (const row of rows) {
    const size = Buffer.byteLength(JSON.stringify(row)) + 1; // and a comma
    if (batch.length > 0 && (batch.length === most.rows || bytes + size > most.bytes)) {
      yield batch;
      [batch, bytes] = [[], 0];
    }
    batch.push(row);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}
