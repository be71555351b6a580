/** The queue's contract, held by both backends. */
import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HintHandler } from '../../src/queue/index.js';
import type { Hint } from '../../src/store/runs.js';
import { HintLog } from '../support/hint-log.js';
import { queueBackends, startWorker, type TestQueue } from '../support/queues.js';

const hintOf = (jobId: string, priority = 0): Hint => ({ jobId, generation: 1, priority });

for (const { name, open } of queueBackends) {
  describe(`queue on ${name}`, { timeout: 60_000 }, () => {
    let it: TestQueue;
    before(async () => {
      it = await open();
    });

    test('a hint added three times is delivered once, 20 hints once each over two workers', async (t) => {
      const { queue } = it;
      const seen = new HintLog();
      const hints = Array.from({ length: 20 }, (_, i) => hintOf(`job_${i}`));
      for (const hint of [hints[0]!, hints[0]!, ...hints]) await queue.hint(hint);
      const workers = [1, 2].map(() => startWorker(t, { queue, handler: seen.handler, concurrency: 2 }));
      await seen.until(20);
      for (const worker of workers) await worker.close();
      assert.deepEqual([...seen.jobIds].sort(), hints.map((hint) => hint.jobId).sort());
      assert.deepEqual(await queue.missing(hints), hints, 'a finished hint is gone');
    });

    test('higher priorities are delivered first, equal ones in order', async (t) => {
      const { queue } = it;
      const seen = new HintLog();
      for (const [jobId, priority] of [
        ['low', -100],
        ['first', 0],
        ['second', 0],
        ['high', 100],
      ] as const) {
        await queue.hint(hintOf(jobId, priority));
      }
      const worker = startWorker(t, { queue, handler: seen.handler });
      await seen.until(4);
      await worker.close();
      assert.deepEqual(seen.jobIds, ['high', 'first', 'second', 'low']);
    });

    test('a hint whose handler threw is gone, and can be added again as the same generation', async (t) => {
      const { queue } = it;
      const seen = new HintLog();
      const hint = hintOf('thrown');
      const handler: HintHandler = async (given) => {
        await seen.handler(given);
        throw new Error('no memory for it now');
      };
      startWorker(t, { queue, handler });
      for (const round of [1, 2]) {
        await queue.hint(hint);
        await seen.until(round);
        while ((await queue.missing([hint])).length === 0) await sleep(10);
      }
    });

    test('close waits for the handler at work and leaves the next hint', async (t) => {
      const { queue } = it;
      const order: string[] = [];
      const signals = new EventEmitter();
      const started = once(signals, 'started');
      const handler: HintHandler = async () => {
        signals.emit('started');
        await once(signals, 'finish');
        order.push('handler ended');
      };
      const worker = startWorker(t, { queue, handler });
      await queue.hint(hintOf('slow'));
      await started;
      await queue.hint(hintOf('next'));
      const closing = worker.close().then(() => order.push('closed'));
      assert.equal(await queue.reachable(), true);
      signals.emit('finish');
      await closing;
      assert.deepEqual(order, ['handler ended', 'closed']);
      assert.deepEqual(await queue.missing([hintOf('slow'), hintOf('next')]), [hintOf('slow')]);
    });
  });
}
