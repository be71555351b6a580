/**
 * DuckDB, shut in: it may read one file and spill to the scratch folder, loads no extension, and its settings are locked.
 * It holds one relation, `rows`, with columns by position (c0, c1, …): no name of the user's ever meets SQL.
 */
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { DataError } from './errors.js';
import type { IngestLimits } from './limits.js';

export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

export class Duckdb {
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection) {
    this.#instance = instance;
    this.#connection = connection;
  }

  /** The database stands in the scratch folder, and may thus be larger than memory. */
  static async open(
    path: string,
    { scratch, limits }: { scratch: string; limits: Pick<IngestLimits, 'memoryBytes' | 'threads'> },
  ): Promise<Duckdb> {
    const instance = await DuckDBInstance.create(join(scratch, 'rows.duckdb'), {
      memory_limit: `${Math.floor(limits.memoryBytes / 2 ** 20)}MiB`,
      threads: String(limits.threads),
      temp_directory: scratch,
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
    });
    const connection = await instance.connect();
    await connection.run(`SET allowed_paths = [${literal(path)}]`);
    await connection.run('SET enable_external_access = false');
    await connection.run('SET lock_configuration = true');
    return new Duckdb(instance, connection);
  }

  /** Every row of a query's answer, which is small. Throws `unreadable_dataset`. */
  async run(sql: string): Promise<unknown[][]> {
    const result = await this.#connection.run(sql).catch(refuse);
    return result.getRows();
  }

  /** The first row of `SELECT <expressions>` over all rows. */
  async aggregate(expressions: string): Promise<number[]> {
    const [row] = await this.run(`SELECT ${expressions} FROM rows`);
    return row!.map(Number);
  }

  /** Calls `visit` with each row's value of `SELECT <expression>`, in the order of the file. Throws where they are not `rowCount`. */
  async each(
    { expression, rowCount }: { expression: string; rowCount: number },
    visit: (value: unknown, row: number) => void,
  ): Promise<void> {
    const result = await this.#connection.stream(`SELECT ${expression} FROM rows`).catch(refuse);
    let row = 0;
    for (;;) {
      const chunk = await result.fetchChunk().catch(refuse);
      if (!chunk || chunk.rowCount === 0) break;
      const vector = chunk.getColumnVector(0);
      for (let index = 0; index < chunk.rowCount; index++) visit(vector.getItem(index), row++);
    }
    if (row !== rowCount) refuse(new Error(`expected ${rowCount} rows, got ${row}`));
  }

  close(): void {
    this.#connection.closeSync();
    this.#instance.closeSync();
  }
}

/** DuckDB's fault is the data's, unless it is the disk's. */
function refuse(error: Error): never {
  const message = error.message.split('\n', 1)[0]!;
  if (message.startsWith('IO Error')) throw error;
  throw new DataError('unreadable_dataset', `the table cannot be read: ${message}`);
}
