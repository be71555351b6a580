/** A feed of the engine, as a thread of its own: workers/feeder.ts, which reads, augments and writes the rows. */
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Feed, FeedTask } from '../../engine/index.js';
import type { FeedSource } from './source.js';

const entry = fileURLToPath(new URL('../../../workers/feeder.js', import.meta.url));

/** What the thread is given. */
export interface FeederData {
  task: FeedTask;
  source: FeedSource;
}

export function feedFrom(source: FeedSource, { classCounts }: { classCounts: readonly number[] }): Feed {
  return {
    classCounts,
    softTargets: false,
    async start(task) {
      const workerData: FeederData = { task, source };
      const worker = new Worker(entry, { workerData, transferList: [task.port] });
      await once(worker, 'message'); // it is ready; an error rejects
      worker.unref();
      return {
        async close() {
          await worker.terminate(); // it sleeps, or writes what nobody will read
        },
      };
    },
  };
}
