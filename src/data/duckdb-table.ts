/**
 * The canonical CSV as a DuckDB table of strings, loaded some columns at a time so that a wide file fits its memory too.
 * DuckDB is shut in: it may read that one file and spill to the scratch folder, loads no extension, and its settings are
 * locked. Columns go by position (c0, c1, …): no name of the user's ever meets SQL.
 */
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { missingField } from './canonical.js';
import { DataError } from './errors.js';

export interface TableSource {
  path: string;
  columns: number;
  /** Bytes of the longest record. */
  longestRecord: number;
  scratch: string;
  memoryBytes: number;
  threads: number;
}

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const smallestLine = 2 ** 21;
/** While a table grows, each thread holds a block of this size for each column, which cannot be spilled. */
const blockBytes = 2 ** 18;

export class DuckdbTable {
  readonly #source: TableSource;
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;
  /** Columns [first, last) are loaded. */
  #first = 0;
  #last = 0;

  private constructor(source: TableSource, instance: DuckDBInstance, connection: DuckDBConnection) {
    this.#source = source;
    this.#instance = instance;
    this.#connection = connection;
  }

  static async open(source: TableSource): Promise<DuckdbTable> {
    const instance = await DuckDBInstance.create(':memory:', {
      memory_limit: `${Math.floor(source.memoryBytes / 2 ** 20)}MiB`,
      threads: String(source.threads),
      temp_directory: source.scratch,
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
    });
    const connection = await instance.connect();
    await connection.run(`SET allowed_paths = [${literal(source.path)}]`);
    await connection.run('SET enable_external_access = false');
    await connection.run('SET lock_configuration = true');
    return new DuckdbTable(source, instance, connection);
  }

  /** The SQL name of a column, which is loaded by then; the one asked for before may be no longer. Throws `unreadable_dataset`. */
  async cell(index: number): Promise<string> {
    if (index < this.#first || index >= this.#last) await this.#load(index);
    return `c${index}`;
  }

  /** Loads as many columns from `first` on as a quarter of the memory has blocks for. */
  async #load(first: number): Promise<void> {
    const { path, columns, longestRecord, memoryBytes, threads } = this.#source;
    const last = Math.min(columns, first + Math.max(1, Math.floor(memoryBytes / (4 * blockBytes * threads))));
    const names = Array.from({ length: columns }, (_, index) => `c${index}`);
    const lineBytes = Math.max(smallestLine, longestRecord + 1);
    await this.#run('DROP TABLE IF EXISTS rows');
    await this.#run(`
      CREATE TABLE rows AS SELECT ${names.slice(first, last).join(', ')} FROM read_csv(${literal(path)},
        auto_detect = false, header = false, columns = {${names.map((name) => `'${name}': 'VARCHAR'`).join(', ')}},
        delim = ',', quote = '"', escape = '"', nullstr = ${literal(missingField)}, allow_quoted_nulls = false,
        null_padding = true, new_line = '\\n', parallel = false, max_line_size = ${lineBytes}, buffer_size = ${2 * lineBytes})`);
    this.#first = first;
    this.#last = last;
  }

  /** The first row of `SELECT <expressions>` over all rows. */
  async aggregate(expressions: string): Promise<number[]> {
    const result = await this.#run(`SELECT ${expressions} FROM rows`);
    const [row] = await result.getRows();
    return row!.map(Number);
  }

  /** Calls `visit` with each row's value of `SELECT <expression>`, in the order of the file. */
  async each(expression: string, visit: (value: unknown, row: number) => void): Promise<void> {
    const result = await this.#connection.stream(`SELECT ${expression} FROM rows`).catch(refuse);
    let row = 0;
    for (;;) {
      const chunk = await result.fetchChunk().catch(refuse);
      if (!chunk || chunk.rowCount === 0) return;
      const vector = chunk.getColumnVector(0);
      for (let index = 0; index < chunk.rowCount; index++) visit(vector.getItem(index), row++);
    }
  }

  close(): void {
    this.#connection.closeSync();
    this.#instance.closeSync();
  }

  #run(sql: string) {
    return this.#connection.run(sql).catch(refuse);
  }
}

/** DuckDB's fault is the data's, unless it is the disk's. */
function refuse(error: Error): never {
  const message = error.message.split('\n', 1)[0]!;
  if (message.startsWith('IO Error')) throw error;
  throw new DataError('unreadable_dataset', `the table cannot be read: ${message}`);
}
