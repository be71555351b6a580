import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import fc from 'fast-check';
import type { Db } from '../../src/store/database.js';
import { listEvents } from '../../src/store/events.js';
import { appendMetrics, readMetrics, truncateMetrics } from '../../src/store/metrics.js';
import { addRollback } from '../../src/store/rollbacks.js';
import type { ClaimedJob } from '../../src/store/runs.js';
import { freshDatabase } from '../support/database.js';
import { addRun, tenantId } from '../support/rows.js';

let db: Db;
before(async () => {
  ({ db } = await freshDatabase());
});

/** Steps first…last, each with value `of(step)`. */
function points(first: number, last: number, of = (step: number) => Math.sin(step)) {
  const steps = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  return { steps, values: steps.map(of) };
}
const append = ({ id, epoch }: ClaimedJob, name: string, rows: { steps: number[]; values: number[] }, segment = 0) =>
  appendMetrics(db, { jobId: id, epoch, segment, rows: new Map([[name, rows]]) });
const truncate = ({ id, epoch }: ClaimedJob, afterStep: number) => truncateMetrics(db, { jobId: id, epoch, afterStep });
const read = (run: ClaimedJob, options: object = {}) => readMetrics(db, { tenantId, jobId: run.id, ...options });

test('2,500 points written in pieces over three chunks come back as they were', async () => {
  const run = await addRun(db);
  for (let first = 1; first <= 2500; first += 250) await append(run, 'train.loss', points(first, first + 249));
  assert.deepEqual(await read(run), [{ name: 'train.loss', ...points(1, 2500) }]);
  const chunks = await db.selectFrom('metricChunks').select('chunk').where('jobId', '=', run.id).execute();
  assert.equal(chunks.length, 3);
});

test('writing again what was written, from whatever step and however cut, changes nothing', async () => {
  const cuts = fc.array(fc.tuple(fc.integer({ min: 0, max: 1300 }), fc.integer({ min: 1, max: 1300 })), {
    maxLength: 6,
  });
  await fc.assert(
    fc.asyncProperty(cuts, async (replays) => {
      const run = await addRun(db);
      await append(run, 'train.loss', points(700, 2000));
      for (const [start, length] of replays) {
        // A resumed run goes on from the replayed part to where it was.
        const first = 700 + start;
        const middle = Math.min(2000, first + length - 1);
        await append(run, 'train.loss', points(first, middle));
        if (middle < 2000) await append(run, 'train.loss', points(middle + 1, 2000));
      }
      assert.deepEqual(await read(run), [{ name: 'train.loss', ...points(700, 2000) }]);
    }),
    { numRuns: 15 },
  );
});

test('truncate drops every point after the step, whole chunks and parts, of every series', async () => {
  const run = await addRun(db);
  await append(run, 'train.loss', points(1, 2500));
  await append(run, 'validation.loss', points(1500, 1500));
  await truncate(run, 1200);
  assert.deepEqual(await read(run), [{ name: 'train.loss', ...points(1, 1200) }]);
  await append(run, 'train.loss', points(1201, 1300));
  assert.deepEqual(await read(run), [{ name: 'train.loss', ...points(1, 1300) }]);
});

test('NaN and the infinities come back bit for bit, and so do 0.1 and the smallest double', async () => {
  const run = await addRun(db);
  const values = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0.1, Number.MIN_VALUE];
  await append(run, 'train.loss', { steps: [1, 2, 3, 4, 5], values });
  assert.deepEqual((await read(run))[0]?.values, values);
});

test('names, steps and maxPoints narrow what is read; a spike survives thinning', async () => {
  const run = await addRun(db);
  await append(
    run,
    'train.loss',
    points(1, 3000, (step) => (step === 1777 ? 99 : 1 / step)),
  );
  await append(run, 'validation.loss', points(1000, 1000));
  assert.deepEqual(
    (await read(run)).map((series) => series.name),
    ['train.loss', 'validation.loss'],
  );
  const [series] = await read(run, { names: ['train.loss'], fromStep: 1500, toStep: 2100, maxPoints: 50 });
  assert.ok(series && series.steps.length <= 50);
  assert.deepEqual([series.steps[0], series.steps.at(-1)], [1500, 2100]);
  assert.equal(series.values[series.steps.indexOf(1777)], 99);
  assert.deepEqual(await read(run, { names: ['test.loss'] }), []);
  assert.deepEqual(await readMetrics(db, { tenantId: 'other', jobId: run.id }), []);
});

test('after a rollback the surviving line leaves out what was measured since the step gone back to; segments keep it', async () => {
  const run = await addRun(db);
  const key = { jobId: run.id, epoch: run.epoch };
  const [before, after] = [points(1, 1500, () => 1), points(1501, 1600, () => 2)];
  await append(run, 'train.loss', before);
  await addRollback(db, { ...key, segment: 1, step: 1500, to: 900, told: {} });
  const survives = points(1, 900, () => 1);
  assert.deepEqual(await read(run), [{ name: 'train.loss', ...survives }]);
  await append(run, 'train.loss', after, 1);
  const line = { steps: [...survives.steps, ...after.steps], values: [...survives.values, ...after.values] };
  assert.deepEqual(await read(run), [{ name: 'train.loss', ...line }]);
  assert.deepEqual(await read(run, { fromStep: 1000, toStep: 1500 }), []);
  const segments = [
    { name: 'train.loss', segment: 0, ...before },
    { name: 'train.loss', segment: 1, ...after },
  ];
  assert.deepEqual(await read(run, { segment: 'all' }), segments);
  assert.deepEqual(await read(run, { segment: 1 }), [segments[1]]);

  await truncate(run, 1200); // resumed from before the rollback, which is not made yet
  assert.deepEqual(await read(run), [{ name: 'train.loss', ...points(1, 1200, () => 1) }]);
});

test('a rollback that is made again by a later attempt is told once', async () => {
  const run = await addRun(db);
  const rollback = { jobId: run.id, epoch: run.epoch, segment: 1, step: 7, to: 4, told: { reason: 'non_finite' } };
  await addRollback(db, rollback);
  await truncate(run, 5);
  await addRollback(db, rollback);
  await addRollback(db, { ...rollback, segment: 2, step: 9, to: 8 });
  const { items } = await listEvents(db, { tenantId, jobId: run.id, limit: 100 });
  const told = items.filter(({ type }) => type === 'rollback').map(({ data }) => data);
  assert.deepEqual(told, [
    { step: 7, to: 4, segment: 1, reason: 'non_finite' },
    { step: 9, to: 8, segment: 2, reason: 'non_finite' },
  ]);
  const { rollbacks } = await db
    .selectFrom('jobs')
    .select('rollbacks')
    .where('id', '=', run.id)
    .executeTakeFirstOrThrow();
  assert.deepEqual(rollbacks, [
    { segment: 1, step: 7, to: 4 },
    { segment: 2, step: 9, to: 8 },
  ]);
  await assert.rejects(addRollback(db, { ...rollback, epoch: run.epoch + 1 }), { code: 'stale_epoch' });
});
