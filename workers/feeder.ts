/** Thread: writes the rows of a run ahead of its step loop. It is ended by the thread that started it: src/data/feed/feed.ts. */
import { parentPort, workerData } from 'node:worker_threads';
import type { FeederData } from '../src/data/feed/feed.js';
import { rowWriter } from '../src/data/feed/write-rows.js';
import { serveFeed } from '../src/engine/index.js';

const { task, source } = workerData as FeederData;
const write = rowWriter(source, task.shape);
parentPort!.postMessage('ready');
serveFeed(task, write);
