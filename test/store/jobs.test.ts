import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { ResolvedJobSpec } from '../../src/schemas/job-spec.js';
import type { Db } from '../../src/store/database.js';
import { listEvents } from '../../src/store/events.js';
import { newId } from '../../src/store/ids.js';
import { deleteJob, getJob, insertJob, listJobs, submitOnce } from '../../src/store/jobs.js';
import { freshDatabase } from '../support/database.js';
import { addDataset, addJob, addSucceededJob, newJob, sha256, spec, tenantId } from '../support/rows.js';

let db: Db;
let datasetId: string;
before(async () => {
  ({ db } = await freshDatabase({ maxConnections: 20 }));
  datasetId = await addDataset(db);
});

describe('submission', () => {
  test('10 concurrent submissions with one Idempotency-Key make one job, and one of them made it', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => {
        const job = newJob(datasetId, { name: 'once' });
        return submitOnce(db, { tenantId, key: 'k', bodySha256: sha256('body'), job });
      }),
    );
    assert.equal(answers.filter((answer) => answer.created).length, 1);
    assert.equal(new Set(answers.map((answer) => answer.jobId)).size, 1);
    assert.equal((await listJobs(db, { tenantId, name: 'once', limit: 10 })).items.length, 1);
  });

  test('a key used with another body is idempotency_mismatch; another tenant’s equal key is another job', async () => {
    const submit = (tenant: string, body: string) => {
      const job = newJob(datasetId, { tenantId: tenant });
      return submitOnce(db, { tenantId: tenant, key: 'shared', bodySha256: sha256(body), job });
    };
    const first = await submit(tenantId, 'a');
    await assert.rejects(submit(tenantId, 'b'), { code: 'idempotency_mismatch' });
    const other = await submit('other', 'b');
    assert.equal(other.created, true);
    assert.notEqual(other.jobId, first.jobId);
  });

  test('a job whose dataset is gone is invalid_spec, and its key stays free', async () => {
    const submit = (dataset: string) =>
      submitOnce(db, { tenantId, key: 'retried', bodySha256: sha256('c'), job: newJob(dataset) });
    await assert.rejects(submit(newId('dataset')), { code: 'invalid_spec' });
    assert.equal((await submit(datasetId)).created, true);
  });

  test('text that PostgreSQL cannot hold is invalid_request; a written-out \\u0000 is kept', async () => {
    for (const value of ['\0', 'a\uD800', '\\\0']) {
      await assert.rejects(insertJob(db, newJob(datasetId, { metadata: { value } })), { code: 'invalid_request' });
    }
    const metadata = { value: '\\u0000 \\ud800 😀' };
    const id = await addJob(db, { datasetId, metadata });
    assert.deepEqual((await getJob(db, { tenantId, id }))?.metadata, metadata);
  });

  test('the stored spec is the given one, keys of every style included', async () => {
    const odd = { ...spec, metadata: { snake_case: '1', camelCase: '2', 'with space': '3' } } as ResolvedJobSpec;
    const id = await addJob(db, { datasetId, spec: odd });
    const job = await getJob(db, { tenantId, id });
    assert.deepEqual(job?.spec, odd);
    assert.deepEqual([job?.state, job?.generation, job?.eventSeq], ['queued', 1, 1]);
    const { items } = await listEvents(db, { tenantId, jobId: id, limit: 10 });
    assert.deepEqual(
      items.map(({ seq, type, data: { to } }) => [seq, type, to]),
      [[1, 'state', 'queued']],
    );
  });
});

test('pages of 7 show each of 50 jobs once, newest first, while others are inserted between the pages', async () => {
  const ids: string[] = [];
  for (let i = 0; i < 50; i++) ids.push(await addJob(db, { datasetId, name: 'paged' }));
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listJobs(db, { tenantId, name: 'paged', cursor, limit: 7 });
    seen.push(...page.items.map((job) => job.id));
    cursor = page.nextCursor ?? undefined;
    await addJob(db, { datasetId, name: 'paged' });
  } while (cursor);
  assert.deepEqual(seen, ids.toReversed());
  await assert.rejects(listJobs(db, { tenantId, cursor: "'; drop table jobs", limit: 1 }), { code: 'invalid_cursor' });
  assert.deepEqual((await listJobs(db, { tenantId: 'nobody', limit: 1 })).items, []);
  assert.deepEqual((await listJobs(db, { tenantId, name: 'paged', state: 'running', limit: 1 })).items, []);
});

describe('deleteJob', () => {
  test('a job that has not ended, or is another tenant’s, stays', async () => {
    const id = await addJob(db, { datasetId });
    await assert.rejects(deleteJob(db, { tenantId, id }), {
      code: 'illegal_transition',
      details: { state: 'queued', allowed: ['running', 'paused', 'cancelled', 'failed'] },
    });
    await assert.rejects(deleteJob(db, { tenantId: 'other', id }), { code: 'not_found' });
    assert.ok(await getJob(db, { tenantId, id }));
  });

  test('a succeeded job goes with its model, checkpoints, metrics, events and idempotency key', async () => {
    const { id } = await addSucceededJob(db);
    const key = { tenantId, key: 'of the deleted', bodySha256: sha256('d'), jobId: id };
    await db.insertInto('idempotencyKeys').values(key).execute();
    await deleteJob(db, { tenantId, id });
    assert.equal(await getJob(db, { tenantId, id }), undefined);
    for (const table of ['models', 'checkpoints', 'metricChunks', 'events', 'idempotencyKeys'] as const) {
      const rows = await db.selectFrom(table).select('jobId').where('jobId', '=', id).execute();
      assert.deepEqual(rows, [], table);
    }
  });
});
