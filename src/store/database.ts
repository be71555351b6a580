/** The one way to connect to the database. */
import { CamelCasePlugin, Kysely, PostgresDialect, type Transaction } from 'kysely';
import pg from 'pg';
import type { BaseLogger } from 'pino';
import type { Database } from './tables.js';

/** A transaction is one too. */
export type Db = Kysely<Database>;
export type Trx = Transaction<Database>;

export interface DatabaseOptions {
  url: string;
  /** Where the tables are: every connection's search_path. */
  schema: string;
  maxConnections?: number;
  log?: Pick<BaseLogger, 'warn'>;
}

/** How columns of a type are read, where the driver's own way does not do. */
const parsers = new Map<number, (text: string) => unknown>([
  [pg.types.builtins.INT8, Number], // no count, size or sequence here comes near 2⁵³
  [1022, parseNumbers], // float8[]
]);
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) => parsers.get(oid) ?? pg.types.getTypeParser(oid, format),
};

/** '{1,2.5,NaN}' → [1, 2.5, NaN]. Long arrays of finite numbers take a fifth of the driver's time. */
function parseNumbers(array: string): number[] {
  const list = array.slice(1, -1);
  if (/[NI]/.test(list)) return list.split(',').map(Number); // NaN, Infinity
  return JSON.parse(`[${list}]`) as number[];
}

/** A process that was frozen inside a transaction must not keep its locks: others wait for them to take its runs over. */
const maxIdleInTransactionMs = 3000;

/** Connects lazily: a database that is away fails the queries, not this. */
export function openDatabase(options: DatabaseOptions): { db: Db; close(): Promise<void> } {
  const pool = new pg.Pool({
    connectionString: options.url,
    options: `-c search_path=${options.schema} -c idle_in_transaction_session_timeout=${maxIdleInTransactionMs}`,
    max: options.maxConnections ?? 10,
    connectionTimeoutMillis: 5000,
    keepAlive: true,
    types,
  });
  // An idle connection died; the pool has dropped it already, and without a listener Node would end the process.
  pool.on('error', (error) => options.log?.warn({ err: error }, 'lost an idle database connection'));
  // The same for one that is in use: its query fails as well, and says so to whoever asked.
  pool.on('connect', (client) => client.on('error', () => {}));
  const db = new Kysely<Database>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
  return { db, close: () => db.destroy() };
}

/** Runs `work` in the transaction that `db` is, or in one of its own. */
export function inTransaction<T>(db: Db, work: (trx: Trx) => Promise<T>): Promise<T> {
  return isTransaction(db) ? work(db) : db.transaction().execute(work);
}

function isTransaction(db: Db): db is Trx {
  return db.isTransaction;
}
