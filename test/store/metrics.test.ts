import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import fc from 'fast-check';
import type { Db } from '../../src/store/database.js';
import { appendMetrics, readMetrics, truncateMetrics } from '../../src/store/metrics.js';
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

test('a later segment replaces the earlier one from its first step on', async () => {
  const run = await addRun(db);
  await append(
    run,
    'train.loss',
    points(1, 1500, () => 1),
  );
  await append(
    run,
    'train.loss',
    points(901, 1100, () => 2),
    1,
  );
  assert.deepEqual(await read(run), [{ name: 'train.loss', ...points(1, 1100, (step) => (step <= 900 ? 1 : 2)) }]);
  assert.deepEqual(await read(run, { fromStep: 1200 }), []);
});
