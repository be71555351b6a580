/** Thread: writes the rows of a run ahead of its step loop. It is ended by the thread that started it: src/data/feed/feed.ts. */
import { parentPort, workerData } from 'node:worker_threads';
import { Augmenter } from '../src/data/augment/augmenter.js';
import type { FeederData } from '../src/data/feed/feed.js';
import { readerOf } from '../src/data/feed/source.js';
import { rowWriter } from '../src/data/feed/write-rows.js';
import { serveFeed } from '../src/engine/index.js';

const { task, source } = workerData as FeederData;
const { shape, training, ring } = task;
const { rows, domain, augmentations } = source;
const options = { domain, augmentations, seed: training.seed, inputs: shape.inputs };
const augmenter = augmentations.length > 0 ? new Augmenter(options) : null;
const write = rowWriter({
  ...{ reader: readerOf(rows, shape), augmenter, domain, shape },
  softTargets: ring.softTargets,
});
parentPort!.postMessage('ready');
serveFeed(task, write);
