/** Killing threads at any moment of their start. What they do when they live is in test/workers/train.test.ts. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Control, type TrainTask } from '../../src/run/protocol.js';
import { runThread } from '../../src/run/train-thread.js';
import type { ResolvedJobSpec } from '../../src/schemas/job-spec.js';
import { inMemory } from './fixtures.js';

const kills = 80;

test(`a thread that is killed while it loads leaves the process alive: ${kills} times`, async () => {
  const task: Omit<TrainTask, 'port'> = {
    ...{
      spec: { dataset: { split: {} } } as ResolvedJobSpec,
      datasetPath: '/nowhere',
      resume: null,
      inherit: null,
      anyKernels: false,
      kernels: 'wasm',
      threads: 1,
      rowStore: inMemory,
    },
    ...{ secondsLeft: null, control: new Control().buffer },
  };
  const run = (signal: AbortSignal) => runThread(task, { signal, onMessage: () => Promise.resolve() });
  const startedAt = performance.now();
  await assert.rejects(run(new AbortController().signal), /ENOENT/);
  const loadMs = performance.now() - startedAt;

  for (let index = 0; index < kills; index++) {
    const kill = new AbortController();
    const ended = assert.rejects(run(kill.signal)); // killed, or else the dataset is not there
    await sleep(loadMs * (0.5 + index / kills)); // the modules are linked late in the loading
    kill.abort();
    await ended;
  }
});
