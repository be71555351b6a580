import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { latestCheckpoint, listCheckpoints } from '../../src/store/checkpoints.js';
import type { Db } from '../../src/store/database.js';
import { listEvents } from '../../src/store/events.js';
import { freshDatabase } from '../support/database.js';
import { addCheckpoint, addRun, tenantId } from '../support/rows.js';

let db: Db;
before(async () => {
  ({ db } = await freshDatabase());
});

test('the latest checkpoint is the one furthest on; only the newest best one is best; each has its event', async () => {
  const run = await addRun(db);
  const ids = [await addCheckpoint(db, run, 10), await addCheckpoint(db, run, 30), await addCheckpoint(db, run, 20)];
  assert.equal((await latestCheckpoint(db, run.id))?.id, ids[1]);
  const { items } = await listCheckpoints(db, { tenantId, jobId: run.id, limit: 10 });
  assert.deepEqual(
    items.map(({ id, best }) => [id, best]),
    [
      [ids[2], true],
      [ids[1], false],
      [ids[0], false],
    ],
  );
  const events = await listEvents(db, { tenantId, jobId: run.id, limit: 10 });
  const announced = events.items.filter((event) => event.type === 'checkpoint').map(({ data: { id } }) => id);
  assert.deepEqual(announced, ids);
});
