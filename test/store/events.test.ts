import assert from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import { addEvent, addRunEvents, eventsChannel, lastStepOf, listEvents } from '../../src/store/events.js';
import { freshDatabase } from '../support/database.js';
import { addRun, tenantId } from '../support/rows.js';

test('200 events written by 20 writers at once have the seqs that follow, without a gap', async () => {
  const { db } = await freshDatabase({ maxConnections: 20 });
  const run = await addRun(db);
  const start = run.eventSeq;
  const writer = async (writer: number) => {
    for (let i = 0; i < 10; i++) {
      await db.transaction().execute((trx) => addEvent(trx, run.id, { type: 'warning', data: { writer, i } }));
    }
  };
  await Promise.all(Array.from({ length: 20 }, (_, i) => writer(i)));
  const seqs: number[] = [];
  let cursor: string | undefined;
  do {
    const page = await listEvents(db, { tenantId, jobId: run.id, cursor, limit: 33 });
    seqs.push(...page.items.map((event) => event.seq));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  assert.deepEqual(
    seqs,
    Array.from({ length: start + 200 }, (_, i) => i + 1),
  );
  await assert.rejects(listEvents(db, { tenantId, jobId: run.id, cursor: 'x', limit: 1 }), { code: 'invalid_cursor' });
  assert.deepEqual((await listEvents(db, { tenantId: 'other', jobId: run.id, limit: 1 })).items, []);
});

test('a listener is told the job of a committed event, and nothing of a rolled back one', async () => {
  const { db, url } = await freshDatabase();
  const [rolledBack, committed] = [await addRun(db), await addRun(db)];
  const listener = new pg.Client({ connectionString: url });
  await listener.connect();
  try {
    await listener.query(`listen ${eventsChannel}`);
    const told = new Promise<string | undefined>((resolve) => {
      listener.once('notification', ({ payload }) => resolve(payload));
    });
    const doomed = db.transaction().execute(async (trx) => {
      await addRunEvents(trx, { jobId: rolledBack.id, epoch: 1, events: [{ type: 'warning', data: {} }] });
      throw new Error('rolled back');
    });
    await assert.rejects(doomed, { message: 'rolled back' });
    await addRunEvents(db, { jobId: committed.id, epoch: 1, events: [{ type: 'epoch', data: { epoch: 1 } }] });
    assert.equal(await told, committed.id);
  } finally {
    await listener.end();
  }
});

test('the step of the last epoch that was told is that of the last such event, and −1 before the first', async () => {
  const { db: own } = await freshDatabase();
  const run = await addRun(own);
  const tell = (type: 'epoch' | 'warning', step: number) =>
    addRunEvents(own, { jobId: run.id, epoch: run.epoch, events: [{ type, data: { step } }] });
  assert.equal(await lastStepOf(own, run.id, 'epoch'), -1);
  await tell('epoch', 5);
  await tell('epoch', 12);
  await tell('warning', 20);
  assert.equal(await lastStepOf(own, run.id, 'epoch'), 12);
});
