import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Kysely, sql } from 'kysely';
import { openDatabase } from '../../src/store/database.js';
import { getDataset } from '../../src/store/datasets.js';
import { migrate } from '../../src/store/migrate.js';
import * as initial from '../../src/store/migrations/001-initial.js';
import * as datasetContents from '../../src/store/migrations/002-dataset-contents.js';
import { postgresUrl } from '../support/database.js';
import { addRun } from '../support/rows.js';

test('5 migrations at once make one schema, and migrating again keeps its rows', async () => {
  const url = await postgresUrl();
  const schema = 'test_migrated';
  await Promise.all(Array.from({ length: 5 }, () => migrate(url, schema)));
  const { db, close } = openDatabase({ url, schema });
  try {
    await addRun(db);
    await migrate(url, schema);
    const { rows } = await sql`select id from jobs`.execute(db);
    assert.equal(rows.length, 1);
  } finally {
    await close();
  }
});

test('a dataset from before there were kinds is a table with the rows and columns that it had', async () => {
  const url = await postgresUrl();
  const schema = 'test_migrated_contents';
  const { db, close } = openDatabase({ url, schema });
  try {
    await sql`create schema ${sql.id(schema)}`.execute(db);
    await initial.up(db as unknown as Kysely<unknown>);
    const columns = [{ name: 'größe', type: 'number', missing: 1, distinct: 2 }];
    await sql`insert into datasets (id, tenant_id, name, format, bytes, sha256, row_count, columns, artifact_key,
      artifact_bytes, artifact_sha256) values ('d', 't', 'n', 'csv', 1, 'h', 3, ${JSON.stringify(columns)}, 'k', 1, 'h')`.execute(
      db,
    );
    await datasetContents.up(db as unknown as Kysely<unknown>);
    const dataset = await getDataset(db, { tenantId: 't', id: 'd' });
    assert.deepEqual(dataset?.contents, { kind: 'table', rowCount: 3, columns });
  } finally {
    await close();
  }
});
