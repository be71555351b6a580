/**
 * `node dist/test/chaos/damaged-checkpoints.js --count 10000 --seed 1 --artifacts s3`: prints what came of as many damaged
 * checkpoints.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import { pino } from 'pino';
import { openArtifacts } from '../../src/artifacts/index.js';
import { requireSameStore } from '../../src/artifacts/same-store.js';
import { loadConfig } from '../../src/config.js';
import { openDatabase } from '../../src/store/database.js';
import { migrate } from '../../src/store/migrate.js';
import { startPostgres } from '../../src/supervisor/embedded-postgres.js';
import { TestS3 } from '../support/s3.js';
import { damageCheckpoints } from './damage.js';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    artifacts: { type: 'string', default: 'files' },
  },
});

const schema = 'damage';
const dataDir = await mkdtemp(join(tmpdir(), 'trainyard-damage-'));
const folder = join(dataDir, 'artifacts');
const s3 = values.artifacts === 's3' ? await TestS3.start() : null;
const settings = s3?.settings('damage') ?? { ARTIFACTS_URL: pathToFileURL(folder).href };
const fileOf = (key: string) => s3?.fileOf('damage', key) ?? join(folder, key);
const postgres = await startPostgres({ dataDir, log: pino({ level: 'warn' }) });
try {
  await migrate(postgres.url, schema);
  const { db, close } = openDatabase({ url: postgres.url, schema, maxConnections: 1 });
  await sql`set synchronous_commit = off`.execute(db); // it is not the database that is tested
  const artifacts = await openArtifacts(loadConfig({ DATA_DIR: dataDir, ...settings }));
  await requireSameStore(db, artifacts);
  const subject = { db, artifacts, fileOf };
  const report = await damageCheckpoints(subject, { count: Number(values.count), seed: Number(values.seed) });
  await close();
  process.stdout.write(`${JSON.stringify({ ...values, ...report }, null, 2)}\n`);
  process.exitCode = report.loaded === 0 && report.crashes.length === 0 ? 0 : 1;
} finally {
  await postgres.stop();
  await s3?.stop();
  await rm(dataDir, { recursive: true });
}
