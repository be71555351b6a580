import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { Problem } from '../../src/errors.js';
import { jobStates, terminalStates, transitions } from '../../src/schemas/job.js';
import type { Db } from '../../src/store/database.js';
import { listEvents } from '../../src/store/events.js';
import { getJob } from '../../src/store/jobs.js';
import { transition } from '../../src/store/transition.js';
import { freshDatabase } from '../support/database.js';
import { addDataset, addJob, tenantId } from '../support/rows.js';

describe('every pair of states', () => {
  let db: Db;
  let datasetId: string;
  before(async () => {
    ({ db } = await freshDatabase());
    datasetId = await addDataset(db);
  });

  for (const from of jobStates) {
    for (const to of jobStates) {
      const legal = (transitions[from] as readonly string[]).includes(to);
      test(`${from} → ${to} is ${legal ? 'made and leaves its trace' : 'refused and changes nothing'}`, async () => {
        const id = await addJob(db, { datasetId });
        await db.updateTable('jobs').set({ state: from }).where('id', '=', id).execute();
        const before = await getJob(db, { tenantId, id });
        assert.ok(before);
        const move = db
          .transaction()
          .execute((trx) => transition(trx, { jobId: id, to, actor: 'client', reason: 'because' }));

        if (!legal) {
          await assert.rejects(move, (error) => {
            assert.ok(error instanceof Problem);
            assert.equal(error.code, 'illegal_transition');
            assert.deepEqual([error.details.state, error.details.allowed], [from, transitions[from]]);
            return true;
          });
          assert.deepEqual(await getJob(db, { tenantId, id }), before);
          return;
        }
        const after = await move;
        assert.deepEqual(after, await getJob(db, { tenantId, id }));
        assert.deepEqual([after.state, after.reason], [to, 'because']);
        assert.equal(after.generation, before.generation + (to === 'queued' ? 1 : 0));
        assert.equal(after.attempt, before.attempt + (to === 'running' ? 1 : 0));
        assert.equal(after.finishedAt !== null, (terminalStates as readonly string[]).includes(to));
        const { at, ...last } = after.transitions.at(-1)!;
        assert.deepEqual(last, { from, to, actor: 'client', reason: 'because' });
        const { items } = await listEvents(db, { tenantId, jobId: id, limit: 10 });
        assert.deepEqual(items.at(-1)!.data, { ...last, at, attempt: after.attempt });
      });
    }
  }
});

test('`from` narrows what may lead there, and another tenant’s job is not found', async () => {
  const { db } = await freshDatabase();
  const jobId = await addJob(db);
  const move = (options: { from?: ['running']; tenantId?: string }) =>
    db.transaction().execute((trx) => transition(trx, { jobId, to: 'cancelled', actor: 'client', ...options }));
  await assert.rejects(move({ from: ['running'] }), { code: 'illegal_transition' });
  await assert.rejects(move({ tenantId: 'other' }), { code: 'not_found' });
});
