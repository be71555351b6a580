/** What the reconciler promises, on both backends: the queue may forget anything, every queued job is still run. */
import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { describe, type TestContext, test } from 'node:test';
import { pino } from 'pino';
import { type HintHandler, openQueue } from '../../src/queue/index.js';
import { reconcile, startReconciler } from '../../src/queue/reconciler.js';
import { getJob } from '../../src/store/jobs.js';
import { claim, type Hint, heartbeat, openHints, release } from '../../src/store/runs.js';
import { HintLog } from '../support/hint-log.js';
import { queueBackends, startWorker, type TestQueue } from '../support/queues.js';
import { addDataset, addJob, tenantId } from '../support/rows.js';

const leaseSeconds = 60;
const log = pino({ level: 'silent' });
/** No sweeps. */
const advance = async () => {};

/** `count` jobs whose rows are committed and whose hints are in the queue. */
async function addHintedJobs({ db, queue }: TestQueue, count: number): Promise<Hint[]> {
  const datasetId = await addDataset(db);
  for (let i = 0; i < count; i++) await addJob(db, { datasetId });
  const hints = await openHints(db, count);
  for (const hint of hints) await queue.hint(hint);
  return hints;
}

/** Claims each job that is hinted, as a consumer does; a second claim of the same generation gets nothing. */
function startClaiming(t: TestContext, { db, queue }: TestQueue, seen: HintLog): void {
  const handler: HintHandler = async (hint) => {
    const run = await claim(db, { ...hint, consumerId: 'c1', leaseSeconds, fingerprint: 'f' });
    if (run) await seen.handler(hint);
  };
  startWorker(t, { queue, handler, concurrency: 2 });
}

/** A reconciler that hurries, closed with the test. */
function startReconciling(t: TestContext, { db, queue }: TestQueue): void {
  const reconciler = startReconciler({ db, queue, leaseSeconds, advance, intervalMs: 20, log });
  t.after(() => reconciler.close());
}

for (const { name, open } of queueBackends) {
  describe(`reconciler on ${name}`, { timeout: 60_000 }, () => {
    test('20 jobs whose hints were wiped are each run once, under three reconcilers at once', async (t) => {
      const it = await open();
      const hints = await addHintedJobs(it, 20);
      await it.wipe();
      for (let i = 0; i < 3; i++) startReconciling(t, it);
      const seen = new HintLog();
      startClaiming(t, it, seen);
      await seen.until(20);
      assert.deepEqual([...seen.jobIds].sort(), hints.map((hint) => hint.jobId).sort());
    });

    test('a hint that is waiting or at work is not added again; one that was dropped is, as the same generation', async (t) => {
      const it = await open();
      const [hint] = await addHintedJobs(it, 1);
      assert.ok(hint);
      const added: Hint[] = [];
      const watched = {
        missing: (hints: Hint[]) => it.queue.missing(hints),
        hint: async (given: Hint) => {
          added.push(given);
          await it.queue.hint(given);
        },
      };
      const pass = () => reconcile({ db: it.db, queue: watched, leaseSeconds, advance, log });
      await pass();
      assert.deepEqual(added, [], 'waiting');

      const signals = new EventEmitter();
      const started = once(signals, 'started');
      const handler: HintHandler = async () => {
        signals.emit('started');
        await once(signals, 'drop'); // and never claims: the row stays queued
      };
      const worker = startWorker(t, { queue: it.queue, handler });
      await started;
      await pass();
      assert.deepEqual(added, [], 'at work');

      const closing = worker.close();
      signals.emit('drop');
      await closing;
      await pass();
      assert.deepEqual(added, [hint], 'dropped');
      assert.deepEqual(await it.queue.missing([hint]), []);
    });

    test('a run whose heartbeat expired is queued again and hinted; one that is heard of is left alone', async () => {
      const it = await open();
      const [lost, alive] = await addHintedJobs(it, 2);
      assert.ok(lost && alive);
      for (const hint of [lost, alive]) {
        assert.ok(await claim(it.db, { ...hint, consumerId: hint.jobId, leaseSeconds, fingerprint: 'f' }));
      }
      await it.db
        .updateTable('jobs')
        .set({ heartbeatAt: new Date(Date.now() - 2000 * leaseSeconds) })
        .where('id', '=', lost.jobId)
        .execute();
      await reconcile({ ...it, leaseSeconds, advance, log });
      const again = { ...lost, generation: 2 };
      assert.deepEqual(await openHints(it.db, 10), [again]);
      assert.deepEqual(await it.queue.missing([again]), []);
      assert.deepEqual(await heartbeat(it.db, { jobId: lost.jobId, epoch: 1 }), {
        held: false,
        state: null,
        cancelMode: null,
        edits: [],
      });
      assert.equal((await heartbeat(it.db, { jobId: alive.jobId, epoch: 1 })).held, true);
    });

    test('sweeps that take long hold up neither takeover nor hints, here or in another process', async () => {
      const it = await open();
      const signals = new EventEmitter();
      const [advancing, ended] = [once(signals, 'advancing'), once(signals, 'end')];
      const slow = reconcile({
        ...{ ...it, leaseSeconds, log },
        async advance() {
          signals.emit('advancing');
          await ended;
        },
      });
      await advancing;
      const jobId = await addJob(it.db);
      await reconcile({ ...it, leaseSeconds, advance, log });
      assert.deepEqual(await it.queue.missing([{ jobId, generation: 1, priority: 0 }]), []);
      signals.emit('end');
      await slow;
    });

    test('a job released twice is run as three generations, each from its own hint', async (t) => {
      const it = await open();
      const [hint] = await addHintedJobs(it, 1);
      assert.ok(hint);
      startReconciling(t, it);
      const seen = new HintLog();
      const handler: HintHandler = async (given) => {
        const run = await claim(it.db, { ...given, consumerId: 'c1', leaseSeconds, fingerprint: 'f' });
        if (!run) return;
        if (run.attempt < 3) await release(it.db, { jobId: run.id, epoch: run.epoch, reason: 'shutdown' });
        await seen.handler(given);
      };
      startWorker(t, { queue: it.queue, handler });
      await seen.until(3);
      const job = await getJob(it.db, { tenantId, id: hint.jobId });
      assert.deepEqual([job?.state, job?.generation, job?.attempt], ['running', 3, 3]);
    });

    if (name === 'Redis') {
      test('with Redis dead, hint rejects, opening and closing end, and the job is run once Redis is back', async (t) => {
        const it = await open();
        assert.ok(it.redis);
        const seen = new HintLog();
        startClaiming(t, it, seen);
        await it.redis.kill();
        const jobId = await addJob(it.db);
        await assert.rejects(it.queue.hint({ jobId, generation: 1, priority: 0 }));
        assert.equal(await it.queue.reachable(), false);

        const second = await openQueue(it.options);
        await assert.rejects(second.hint({ jobId, generation: 1, priority: 0 }));
        await second.startWorker(seen.handler, { concurrency: 1 }).close();
        await second.close();

        startReconciling(t, it);
        await it.redis.start();
        await seen.until(1);
        assert.deepEqual(seen.jobIds, [jobId]);
      });
    }
  });
}
