/**
 * `npm run keys`: makes, lists and revokes keys of any tenant in the database itself, which is how the first key is made; and
 * says what a tenant may take.
 *
 *     npm run keys -- create --name ops [--scope read|submit|admin] [--tenant local] [--expires 2030-01-01T00:00:00Z]
 *     npm run keys -- list [--tenant local]
 *     npm run keys -- revoke key_… [--tenant local]
 *     npm run keys -- quota [--tenant local] [--jobs 10] [--bytes 1000000000] [--steps 100000]   what is left out has no limit
 */
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { Value } from '#typebox/value';
import { type Config, ConfigError, loadConfig } from './config.js';
import { Problem } from './errors.js';
import { KeyRequest } from './schemas/key.js';
import { keyService } from './services/keys.js';
import { type Db, openDatabase } from './store/database.js';
import { migrate } from './store/migrate.js';
import { setQuota } from './store/quotas.js';
import { runningPostgres } from './supervisor/embedded-postgres.js';

const usage = 'expected create --name …, list, revoke key_…, or quota';

async function urlOfDatabase({ databaseUrl, dataDir }: Config): Promise<string> {
  const url = databaseUrl ?? (await runningPostgres(dataDir, pino({ level: 'silent' })));
  if (url === undefined)
    throw new Problem('unavailable', `no Trainyard runs in ${dataDir}: start it, or set DATABASE_URL`);
  return url;
}

async function run(db: Db): Promise<unknown> {
  const service = keyService({ db });
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      tenant: { type: 'string', default: 'local' },
      name: { type: 'string' },
      scope: { type: 'string', default: 'admin' },
      expires: { type: 'string' },
      jobs: { type: 'string' },
      bytes: { type: 'string' },
      steps: { type: 'string' },
    },
  });
  const { tenant: tenantId, name, scope, expires, jobs, bytes, steps } = values;
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
    case 'quota': {
      const limits = {
        activeJobs: limitIn('jobs', jobs),
        bytes: limitIn('bytes', bytes),
        steps: limitIn('steps', steps),
      };
      return setQuota(db, { tenantId, ...limits });
    }
    default:
      throw new Problem('invalid_request', usage);
  }
}

function limitIn(option: string, text: string | undefined): number | null {
  if (text === undefined) return null;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new Problem('invalid_request', `--${option}: expected a whole number, got ${text}`);
}

try {
  const config = loadConfig();
  const url = await urlOfDatabase(config);
  await migrate(url, config.namespace);
  const { db, close } = openDatabase({ url, schema: config.namespace, maxConnections: 1 });
  try {
    console.log(JSON.stringify(await run(db), null, 2));
  } finally {
    await close();
  }
} catch (error) {
  const isUsage = error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  if (!(error instanceof Problem || error instanceof ConfigError || isUsage)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
