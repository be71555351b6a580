import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import {
  deleteCheckpoint,
  deleteCheckpoints,
  pinCheckpoint,
  recordVerification,
} from '../../src/store/checkpoint-keeping.js';
import { holdCheckpoint } from '../../src/store/checkpoint-readers.js';
import { checkpointsOfJob, getCheckpoint, latestCheckpoint } from '../../src/store/checkpoints.js';
import type { Db } from '../../src/store/database.js';
import { listEvents } from '../../src/store/events.js';
import type { ClaimedJob } from '../../src/store/runs.js';
import { freshDatabase } from '../support/database.js';
import { addCheckpoint, addRun, addSucceededJob, tenantId } from '../support/rows.js';

let db: Db;
before(async () => {
  ({ db } = await freshDatabase());
});

/** A run with checkpoints at these steps. */
async function addCheckpoints(steps: number[]): Promise<{ run: ClaimedJob; ids: string[] }> {
  const run = await addRun(db);
  const ids: string[] = [];
  for (const step of steps) ids.push(await addCheckpoint(db, run, step));
  return { run, ids };
}

const prune = ({ id: jobId, epoch }: ClaimedJob, ids: string[]) => deleteCheckpoints(db, { jobId, epoch, ids });
const remaining = async ({ id }: ClaimedJob) => (await checkpointsOfJob(db, id)).map(({ step }) => step);
const inUse = { code: 'in_use' };

test('deleting gives back the files’ keys, of this job’s checkpoints alone', async () => {
  const [mine, theirs] = [await addCheckpoints([10, 20]), await addCheckpoints([10, 20])];
  assert.deepEqual(await prune(mine.run, [mine.ids[0]!, theirs.ids[0]!]), [`jobs/${mine.run.id}/1/10`]);
  assert.deepEqual([await remaining(mine.run), await remaining(theirs.run)], [[20], [20, 10]]);
});

test('neither a run nor a client deletes the last sound one, and damage makes the one before the last', async () => {
  const { run, ids } = await addCheckpoints([10, 20, 30]);
  assert.deepEqual(await prune(run, ids.slice(2)), []);
  await assert.rejects(deleteCheckpoint(db, { tenantId, id: ids[2]! }), inUse);
  await recordVerification(db, { id: ids[2]!, jobId: run.id, ok: false });
  assert.equal((await latestCheckpoint(db, run.id))?.step, 20);
  assert.deepEqual(
    (await prune(run, ids)).sort(),
    [10, 30].map((step) => `jobs/${run.id}/1/${step}`),
  );
  assert.deepEqual(await remaining(run), [20]);
});

test('the first reading that finds damage is a warning among the job’s events', async () => {
  const { run, ids } = await addCheckpoints([10]);
  const id = ids[0]!;
  for (const ok of [true, false, false]) await recordVerification(db, { id, jobId: run.id, ok });
  const { items } = await listEvents(db, { tenantId, jobId: run.id, limit: 100 });
  const warnings = items.filter(({ type }) => type === 'warning').map(({ data }) => data);
  assert.deepEqual(warnings, [{ code: 'checkpoint_damaged', id, step: 10 }]);
});

test('a pinned one stays until it is unpinned; pins take no more bytes than the job may keep', async () => {
  const { run, ids } = await addCheckpoints([10, 20, 30]);
  const pin = (index: number, pinned: boolean) =>
    pinCheckpoint(db, { tenantId, id: ids[index]!, pinned, maxBytes: 15 }); // they have 10 each
  assert.equal((await pin(0, true)).pinned, true);
  assert.equal((await pin(0, true)).pinned, true);
  await assert.rejects(pin(1, true), { code: 'quota_exceeded' });
  assert.deepEqual(await prune(run, ids), [`jobs/${run.id}/1/20`]);
  await assert.rejects(deleteCheckpoint(db, { tenantId, id: ids[0]! }), inUse);
  await pin(0, false);
  assert.deepEqual(await deleteCheckpoint(db, { tenantId, id: ids[0]! }), { artifactKey: `jobs/${run.id}/1/10` });
});

test('what a model rests on stays; another tenant’s is not there', async () => {
  const { checkpointId: id } = await addSucceededJob(db);
  await assert.rejects(deleteCheckpoint(db, { tenantId, id }), inUse);
  await assert.rejects(deleteCheckpoint(db, { tenantId: 'other', id }), { code: 'not_found' });
  await assert.rejects(pinCheckpoint(db, { tenantId: 'other', id, pinned: true, maxBytes: 100 }), {
    code: 'not_found',
  });
});

test('one that is read stays until its reader lets go, or has been silent for a minute', async () => {
  const { run, ids } = await addCheckpoints([10, 20, 30]);
  const readers = await Promise.all(ids.slice(0, 2).map((id) => holdCheckpoint(db, { tenantId, id })));
  assert.deepEqual(await prune(run, ids.slice(0, 2)), []);
  await assert.rejects(deleteCheckpoint(db, { tenantId, id: ids[0]! }), inUse);
  await readers[0]?.release();
  await db
    .updateTable('checkpointReaders')
    .set({ until: new Date(Date.now() - 1) })
    .execute();
  assert.deepEqual((await prune(run, ids.slice(0, 2))).length, 2);
  await readers[1]?.release();
  assert.equal(await holdCheckpoint(db, { tenantId, id: ids[0]! }), null, 'it is gone');
});

test('of 50 readers that race a deletion, each either keeps its checkpoint or is told that it is gone', async () => {
  for (let race = 0; race < 50; race++) {
    const { ids } = await addCheckpoints([10, 20]);
    const owned = { tenantId, id: ids[0]! };
    const [reader, deleted] = await Promise.all([
      holdCheckpoint(db, owned),
      deleteCheckpoint(db, owned).then(
        () => true,
        () => false,
      ),
    ]);
    assert.equal(reader === null, deleted);
    assert.equal((await getCheckpoint(db, owned)) === undefined, deleted);
    await reader?.release();
  }
});
