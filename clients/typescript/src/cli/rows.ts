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

/** A table with a header (RFC 4180). Columns that the model does not read, as its target, are left out. */
export function rowsOfCsv(text: string, features: readonly Feature[]): Row[] {
  const [header = [], ...records] = recordsOf(text.replace(/^\uFEFF/, ''));
  return records.map((record, index) => {
    if (record.length !== header.length) {
      throw new Error(`row ${index + 1}: expected ${header.length} fields, got ${record.length}`);
    }
    return Object.fromEntries(
      features.flatMap(({ name, type }): [string, unknown][] => {
        const cell = record[header.indexOf(name)];
        return cell === undefined ? [] : [[name, rawValue(cell, type)]];
      }),
    );
  });
}

/** What is neither number nor truth goes as it stands: the service knows the words for a missing value, and names the rest. */
function rawValue(cell: string, type: string): unknown {
  const word = cell.trim().toLowerCase();
  if (word === '') return null;
  if (type === 'number' && Number.isFinite(Number(word))) return Number(word);
  return type === 'boolean' && ['true', 'false'].includes(word) ? word === 'true' : cell;
}

/** A field, quoted or not, and what ends it. */
const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;

function recordsOf(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  field.lastIndex = 0;
  while (field.lastIndex < text.length || record.length > 0) {
    const start = field.lastIndex;
    const match = field.exec(text);
    if (!match)
      throw new Error(`record ${records.length + 1}: a quote stands where none may, after character ${start}`);
    record.push(match[1]?.replaceAll('""', '"') ?? match[2]!);
    if (match[3] === ',') continue;
    if (record.length > 1 || record[0] !== '') records.push(record); // not an empty line
    record = [];
  }
  return records;
}
