import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HangWatch } from '../../src/run/hang-watch.js';
import { Control } from '../../src/run/protocol.js';
import { getJob } from '../../src/store/jobs.js';
import { freshDatabase } from '../support/database.js';
import { tenantId, Yard } from './fixtures.js';
import { consumerOf } from './support.js';

/** Looks every 100 ms from now on; gives the silence that was a hang, or null. */
function looking(control: Control, leastMs: number): (looks: number) => number | null {
  const watch = new HangWatch(control, { leastMs, intervalMs: 100 });
  let now = performance.now();
  return (looks) => {
    let hang: number | null = null;
    for (let i = 0; i < looks; i++) {
      now += 100;
      hang = watch.look(now);
    }
    return hang;
  };
}

test('silence is a hang after the least time, and after 20 of the longest steps, counted from the last step', () => {
  const control = new Control();
  const look = looking(control, 1000);
  assert.equal(look(9), null);
  control.beat(10);
  assert.equal(look(10), null);
  assert.ok(look(3));
  control.beat(100);
  control.beat(1);
  assert.equal(look(20), null, 'up to 2 s');
  assert.ok(look(3));
});

test('no time passes while a checkpoint is waited for, nor while the process itself stood still', () => {
  const control = new Control();
  for (const _ of [1, 2]) control.awaitRoom();
  const look = looking(control, 1000);
  assert.equal(look(100), null);
  control.release();
  assert.ok(look(12));

  const watch = new HangWatch(new Control(), { leastMs: 1000, intervalMs: 100 });
  assert.equal(watch.look(performance.now() + 3_600_000), null);
});

test('a run without a step within its time fails as hung, category resource; its neighbour finishes', async () => {
  const yard = await Yard.open(await freshDatabase(), { HANG_SECONDS: '3', KERNELS: 'reference' });
  const mpg = await yard.addExample('mpg');
  const consumer = await consumerOf(yard);
  // One step of plain loops over 24 GFLOP takes many times the 3 s that it is given.
  const slow = await yard.submit(mpg, 'mpg', {
    model: { type: 'mlp', hidden: [4096, 4096] },
    training: { batchSize: 239 },
  });
  const quick = await yard.submit(mpg, 'mpg', { model: { type: 'mlp', hidden: [4] }, training: { epochs: 2 } });
  await Promise.all([slow, quick].map((jobId) => consumer.run({ jobId, generation: 1 })));
  const [hung, other] = await Promise.all([slow, quick].map((id) => getJob(yard.db, { tenantId, id })));
  assert.deepEqual([hung?.state, hung?.error?.code, hung?.error?.category], ['failed', 'hung', 'resource']);
  assert.equal(other?.state, 'succeeded');
});
