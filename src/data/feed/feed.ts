/** A feed of the engine, as a thread of its own: workers/feeder.ts, which reads, augments and writes the rows. */
import { once } from 'node:events';
import { closeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Feed, FeedTask } from '../../engine/index.js';
import type { RowDomain } from '../augment/domain.js';
import { mixes, type ResolvedAugmentation } from '../augment/index.js';
import type { RowsSource } from './source.js';

const entry = fileURLToPath(new URL('../../../workers/feeder.js', import.meta.url));

/** Plain data that crosses to the thread. */
export interface FeedSource {
  rows: RowsSource;
  domain: RowDomain;
  augmentations: readonly ResolvedAugmentation[];
}

/** What the thread is given. */
export interface FeederData {
  task: FeedTask;
  source: FeedSource;
}

/** What planning must know of a feed. */
export const feedPlan = (augmentations: FeedSource['augmentations']): Pick<Feed, 'softTargets'> => ({
  softTargets: augmentations.some(mixes),
});

export function feedFrom(source: FeedSource, { classCounts }: Pick<Feed, 'classCounts'>): Feed {
  return {
    classCounts,
    ...feedPlan(source.augmentations),
    async start(task) {
      const workerData: FeederData = { task, source };
      const worker = new Worker(entry, { workerData, transferList: [task.port] });
      await once(worker, 'message'); // it is ready; an error rejects
      worker.unref();
      return {
        async close() {
          await worker.terminate(); // it sleeps, or writes what nobody will read
          if (source.rows.kind === 'file') closeSync(source.rows.file);
        },
      };
    },
  };
}
