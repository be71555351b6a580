import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { ColumnInfo } from '../../src/schemas/dataset.js';
import type { Db } from '../../src/store/database.js';
import { deleteDataset, findDataset, getDataset, insertDataset, listDatasets } from '../../src/store/datasets.js';
import { newId } from '../../src/store/ids.js';
import { freshDatabase } from '../support/database.js';
import { addDataset, addJob, sha256, tenantId } from '../support/rows.js';

let db: Db;
before(async () => {
  ({ db } = await freshDatabase({ maxConnections: 10 }));
});

function upload(content: string, tenant = tenantId) {
  const id = newId('dataset');
  const columns: ColumnInfo[] = [{ name: 'größe', type: 'number', missing: 0, distinct: 2, min: -1.5, max: 1e300 }];
  return {
    ...{ id, tenantId: tenant, name: 'numbers', format: 'csv' as const, bytes: 3e12, sha256: sha256(content) },
    contents: { kind: 'table' as const, rowCount: 2, columns },
    ...{ artifactKey: `datasets/${id}`, artifactBytes: 100, artifactSha256: sha256(id) },
  };
}

test('10 equal uploads at once are one dataset within a tenant, and another in another tenant', async () => {
  const answers = await Promise.all(Array.from({ length: 10 }, () => insertDataset(db, upload('equal'))));
  assert.equal(answers.filter((answer) => answer.created).length, 1);
  assert.equal(new Set(answers.map((answer) => answer.dataset.id)).size, 1);
  assert.equal((await insertDataset(db, upload('equal', 'other'))).created, true);
  const found = await findDataset(db, { tenantId, sha256: sha256('equal'), format: 'csv' });
  assert.equal(found?.id, answers[0]?.dataset.id);
});

test('a dataset is read back as it was written, by its tenant alone', async () => {
  const written = upload('read');
  await insertDataset(db, written);
  const { createdAt, ...read } = (await getDataset(db, { tenantId, id: written.id }))!;
  assert.deepEqual(read, written);
  assert.ok(createdAt instanceof Date);
  assert.equal(await getDataset(db, { tenantId: 'other', id: written.id }), undefined);
});

test('pages show each dataset once, newest first', async () => {
  const ids = [await addDataset(db), await addDataset(db), await addDataset(db)];
  const first = await listDatasets(db, { tenantId, limit: 2 });
  assert.ok(first.nextCursor);
  const second = await listDatasets(db, { tenantId, cursor: first.nextCursor, limit: 1 });
  assert.deepEqual(
    [...first.items, ...second.items].map((dataset) => dataset.id),
    ids.toReversed(),
  );
});

test('a dataset that a job names is in_use; else it goes, and its artifact’s key is given back', async () => {
  const used = await addDataset(db);
  await addJob(db, { datasetId: used });
  await assert.rejects(deleteDataset(db, { tenantId, id: used }), { code: 'in_use' });
  const unused = await addDataset(db);
  await assert.rejects(deleteDataset(db, { tenantId: 'other', id: unused }), { code: 'not_found' });
  assert.deepEqual(await deleteDataset(db, { tenantId, id: unused }), {
    artifactKey: `datasets/${unused}.safetensors`,
  });
  await assert.rejects(deleteDataset(db, { tenantId, id: unused }), { code: 'not_found' });
});
