/** The canonical CSV as DuckDB's rows of strings, loaded some columns at a time so that a wide file fits its memory too. */
import { missingField } from './canonical.js';
import { type Duckdb, literal } from './duckdb.js';
import type { IngestLimits } from './limits.js';

export interface CanonicalFile {
  path: string;
  columns: number;
  /** Bytes of the longest record. */
  longestRecord: number;
}

const smallestLine = 2 ** 21;
/** While a table grows, each thread holds a block of this size for each column, which cannot be spilled. */
const blockBytes = 2 ** 18;

export class CanonicalTable {
  readonly #duckdb: Duckdb;
  readonly #file: CanonicalFile;
  /** Columns that are loaded at once: as many as a quarter of the memory has blocks for. */
  readonly #width: number;
  /** Columns [first, last) are loaded. */
  #first = 0;
  #last = 0;

  constructor(duckdb: Duckdb, file: CanonicalFile, { memoryBytes, threads }: IngestLimits) {
    this.#duckdb = duckdb;
    this.#file = file;
    this.#width = Math.max(1, Math.floor(memoryBytes / (4 * blockBytes * threads)));
  }

  /** The SQL name of a column, which is loaded by then; the one asked for before may be no longer. Throws `unreadable_dataset`. */
  async cell(index: number): Promise<string> {
    if (index < this.#first || index >= this.#last) await this.#load(index);
    return `c${index}`;
  }

  async #load(first: number): Promise<void> {
    const { path, columns, longestRecord } = this.#file;
    const last = Math.min(columns, first + this.#width);
    const names = Array.from({ length: columns }, (_, index) => `c${index}`);
    const lineBytes = Math.max(smallestLine, longestRecord + 1);
    await this.#duckdb.run('DROP TABLE IF EXISTS rows');
    await this.#duckdb.run(`
      CREATE TABLE rows AS SELECT ${names.slice(first, last).join(', ')} FROM read_csv(${literal(path)},
        auto_detect = false, header = false, columns = {${names.map((name) => `'${name}': 'VARCHAR'`).join(', ')}},
        delim = ',', quote = '"', escape = '"', nullstr = ${literal(missingField)}, allow_quoted_nulls = false,
        null_padding = true, new_line = '\\n', parallel = false, max_line_size = ${lineBytes}, buffer_size = ${2 * lineBytes})`);
    this.#first = first;
    this.#last = last;
  }
}
