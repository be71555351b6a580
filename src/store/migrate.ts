/** Brings the database's schema up to date. */
import { type Migration, Migrator } from 'kysely';
import { openDatabase } from './database.js';
import * as initial from './migrations/001-initial.js';
import * as datasetContents from './migrations/002-dataset-contents.js';
import * as lifecycle from './migrations/003-lifecycle.js';
import * as keptCheckpoints from './migrations/004-kept-checkpoints.js';
import * as segments from './migrations/005-segments.js';
import * as findings from './migrations/006-findings.js';
import * as sweeps from './migrations/007-sweeps.js';
import * as edits from './migrations/008-edits.js';
import * as keys from './migrations/010-keys.js';
import * as observation from './migrations/011-observation.js';
import * as races from './migrations/012-races.js';
import * as initialized from './migrations/013-initialized.js';
import * as webhooks from './migrations/014-webhooks.js';
import * as models from './migrations/015-models.js';
import * as baselines from './migrations/016-baselines.js';
import * as statistics from './migrations/017-statistics.js';
import * as quotas from './migrations/018-quotas.js';

/** In order of their names; one that has been released is never edited. */
const migrations: Record<string, Migration> = {
  '001-initial': initial,
  '002-dataset-contents': datasetContents,
  '003-lifecycle': lifecycle,
  '004-kept-checkpoints': keptCheckpoints,
  '005-segments': segments,
  '006-findings': findings,
  '007-sweeps': sweeps,
  '008-edits': edits,
  '010-keys': keys,
  '011-observation': observation,
  '012-races': races,
  '013-initialized': initialized,
  '014-webhooks': webhooks,
  '015-models': models,
  '016-baselines': baselines,
  '017-statistics': statistics,
  '018-quotas': quotas,
};

/** Makes `schema` and runs what is missing in it. Several processes may call it at once: kysely locks. */
export async function migrate(url: string, schema: string): Promise<void> {
  const { db, close } = openDatabase({ url, schema, maxConnections: 1 });
  try {
    const migrator = new Migrator({
      db,
      provider: { getMigrations: async () => migrations },
      migrationTableSchema: schema,
    });
    const { error } = await migrator.migrateToLatest();
    if (error) throw error;
  } finally {
    await close();
  }
}
