/** A real PostgreSQL for a test file, started when the file first asks and stopped after its last test. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { pino } from 'pino';
import { type Db, openDatabase } from '../../src/store/database.js';
import { migrate } from '../../src/store/migrate.js';
import { type EmbeddedPostgres, startPostgres } from '../../src/supervisor/embedded-postgres.js';

let server: Promise<EmbeddedPostgres> | undefined;
let dataDir: string | undefined;
const closers: (() => Promise<void>)[] = [];

/** Closes what a test opened, after the file's last test and before its server stops; the last opened first. */
export function closeAtEnd(close: () => Promise<void>): void {
  closers.unshift(close);
}

after(async () => {
  for (const close of closers) await close();
  if (server) await (await server).stop();
  if (dataDir) await rm(dataDir, { recursive: true, force: true });
});

/** The URL of this file's server. */
export async function postgresUrl(): Promise<string> {
  server ??= start();
  return (await server).url;
}

async function start(): Promise<EmbeddedPostgres> {
  dataDir = await mkdtemp(join(tmpdir(), 'trainyard-test-'));
  return startPostgres({ dataDir, log: pino({ level: 'warn' }) });
}

export interface TestDatabase {
  url: string;
  schema: string;
  db: Db;
}

/** A migrated schema of its own, and a connection to it that is closed after the last test. */
export async function freshDatabase(options: { maxConnections?: number } = {}): Promise<TestDatabase> {
  const url = await postgresUrl();
  const schema = `test_${randomBytes(6).toString('hex')}`;
  await migrate(url, schema);
  const { db, close } = openDatabase({ url, schema, ...options });
  closeAtEnd(close);
  return { url, schema, db };
}
