/**
 * `npm run keys`: makes, lists and revokes keys of any tenant in the database itself, which is how the first key is made.
 *
 *     npm run keys -- create --name ops [--scope read|submit|admin] [--tenant local] [--expires 2030-01-01T00:00:00Z]
 *     npm run keys -- list [--tenant local]
 *     npm run keys -- revoke key_… [--tenant local]
 */
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { Value } from '#typebox/value';
import { type Config, ConfigError, loadConfig } from './config.js';
import { Problem } from './errors.js';
import { KeyRequest } from './schemas/key.js';
import { keyService } from './services/keys.js';
import { openDatabase } from './store/database.js';
import { migrate } from './store/migrate.js';
import { runningPostgres } from './supervisor/embedded-postgres.js';

const usage = 'expected create --name …, list, or revoke key_…';

async function urlOfDatabase({ databaseUrl, dataDir }: Config): Promise<string> {
  const url = databaseUrl ?? (await runningPostgres(dataDir, pino({ level: 'silent' })));
  if (url === undefined)
    throw new Problem('unavailable', `no Trainyard runs in ${dataDir}: start it, or set DATABASE_URL`);
  return url;
}

async function run(service: ReturnType<typeof keyService>): Promise<unknown> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      tenant: { type: 'string', default: 'local' },
      name: { type: 'string' },
      scope: { type: 'string', default: 'admin' },
      expires: { type: 'string' },
    },
  });
  const { tenant: tenantId, name, scope, expires } = values;
  const [command, id] = positionals;
  if (!/^[\w.-]{1,100}$/.test(tenantId))
    throw new Problem('invalid_request', '--tenant: expected letters, digits, . _ -');
  switch (command) {
    case 'create': {
      const request = { name, scope, ...(expires !== undefined && { expiresAt: expires }) };
      if (!Value.Check(KeyRequest, request)) {
        throw new Problem(
          'invalid_request',
          'expected --name, --scope read, submit or admin, and --expires a time of RFC 3339',
        );
      }
      return service.create({ tenantId, ...request });
    }
    case 'list':
      return (await service.list({ tenantId, limit: 1000 })).items;
    case 'revoke':
      if (id === undefined) throw new Problem('invalid_request', usage);
      await service.revoke({ tenantId, id });
      return { revoked: id };
    default:
      throw new Problem('invalid_request', usage);
  }
}

try {
  const config = loadConfig();
  const url = await urlOfDatabase(config);
  await migrate(url, config.namespace);
  const { db, close } = openDatabase({ url, schema: config.namespace, maxConnections: 1 });
  try {
    console.log(JSON.stringify(await run(keyService({ db })), null, 2));
  } finally {
    await close();
  }
} catch (error) {
  const isUsage = error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  if (!(error instanceof Problem || error instanceof ConfigError || isUsage)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
