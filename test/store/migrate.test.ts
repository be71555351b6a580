import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { openDatabase } from '../../src/store/database.js';
import { migrate } from '../../src/store/migrate.js';
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
