/** API and consumer over a database of their own, with a probe of the API's memory, and the keys of two tenants. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { keyService } from '../../src/services/keys.js';
import { openDatabase } from '../../src/store/database.js';
import { migrate } from '../../src/store/migrate.js';
import { startPostgres } from '../../src/supervisor/embedded-postgres.js';

const program = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const namespace = 'fuzz';

/** Of one tenant; `keyIds` are of the keys that must not be revoked. */
export interface Access {
  admin: string;
  read: string;
  keyIds: string[];
}

/** An API that listens, and what it needs. `close` ends all of it. What they log as errors comes out on stderr. */
export async function startService() {
  const folder = await mkdtemp(join(tmpdir(), 'trainyard-fuzz-'));
  const postgres = await startPostgres({ dataDir: folder, log: pino({ level: 'warn' }) });
  await migrate(postgres.url, namespace);
  const access = await makeKeys(postgres.url);
  const environment = {
    ...process.env,
    ...{ DATA_DIR: folder, DATABASE_URL: postgres.url, NAMESPACE: namespace, PORT: '0', LOG_LEVEL: 'error' },
    ...{ KEYS: 'required', REQUESTS_PER_MINUTE: '100000000', CONSUMER_CONCURRENCY: '1' },
  };
  const start = (path: string, execArgv: string[]): ChildProcess =>
    fork(program(path), { env: environment, execArgv, stdio: ['ignore', 2, 'inherit', 'ipc'] });
  const api = start('api.js', ['--enable-source-maps', '--expose-gc']);
  const consumer = start('../../workers/consumer.js', ['--enable-source-maps']);
  const [{ url }] = (await once(api, 'message')) as [{ url: string }];

  return {
    url,
    access,
    hasEnded: () => api.exitCode !== null || api.signalCode !== null,
    /** Bytes of the API's heap and buffers that are alive. */
    async memory(): Promise<number> {
      api.send('memory');
      const [{ bytes }] = (await once(api, 'message')) as [{ bytes: number }];
      return bytes;
    },
    async close(): Promise<void> {
      await Promise.all([api, consumer].map(end));
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function makeKeys(url: string): Promise<readonly [Access, Access]> {
  const { db, close } = openDatabase({ url, schema: namespace });
  const keys = keyService({ db });
  const accessOf = async (tenantId: string): Promise<Access> => {
    const admin = await keys.create({ tenantId, name: 'admin', scope: 'admin' });
    const read = await keys.create({ tenantId, name: 'read', scope: 'read' });
    return { admin: admin.key, read: read.key, keyIds: [admin.id, read.id] };
  };
  const both = [await accessOf('one'), await accessOf('two')] as const;
  await close();
  return both;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}
