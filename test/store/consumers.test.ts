import assert from 'node:assert/strict';
import { test } from 'node:test';
import { heartbeatConsumer, liveConsumers, registerConsumer, removeConsumer } from '../../src/store/consumers.js';
import { freshDatabase } from '../support/database.js';

test('consumers heard of within the lease are live, the one with most memory first; starting again is no duplicate', async () => {
  const { db } = await freshDatabase();
  const consumer = (id: string, freeBytes: number) =>
    registerConsumer(db, { id, host: 'here', pid: 1, cores: 2, freeBytes, gflops: 60.5, fingerprint: 'f' });
  await consumer('small', 1e9);
  await consumer('large', 64e9);
  await consumer('gone', 128e9);
  await consumer('small', 2e9);
  const longAgo = new Date(Date.now() - 60_000);
  await db.updateTable('consumers').set({ heartbeatAt: longAgo }).where('id', '=', 'gone').execute();
  const live = async () => (await liveConsumers(db, 30)).map(({ id, freeBytes }) => [id, freeBytes]);
  assert.deepEqual(await live(), [
    ['large', 64e9],
    ['small', 2e9],
  ]);
  await heartbeatConsumer(db, { id: 'gone', freeBytes: 3e9 });
  await removeConsumer(db, 'large');
  assert.deepEqual(await live(), [
    ['gone', 3e9],
    ['small', 2e9],
  ]);
});
