/** One run of a task, by our engine or by PyTorch: what it has learnt in the end, and the seconds of its training alone. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Learnable } from '../../src/data/feed/feed-data.js';
import { createTrainer, type KernelsFactory, resolveEngineSpec, type TrainInput } from '../../src/engine/index.js';
import { type TorchOutcome, torchLearns } from '../peers/torch.js';
import type { Loaded, Task } from './tasks.js';

export interface Outcome {
  readonly seconds: number;
  /** Of the test. */
  readonly loss: number;
  readonly accuracy: number;
}

export interface LearnOptions {
  readonly seed: number;
  readonly threads: number;
}

/** Weights that have learnt before, and what of them goes on learning. */
type Beginning = Pick<TrainInput, 'initializeFrom' | 'tuning'>;

/** The weights after the last step are the model: neither stops early nor keeps the best, and writes no checkpoint on the way. */
function specOf({ spec }: Pick<Task, 'spec'>, { shape }: Pick<Loaded, 'shape'>, seed: number) {
  const training = { ...spec.training, seed };
  const checkpoints = { minSeconds: 86_400 };
  return resolveEngineSpec({ ...spec, training, checkpoints }, shape);
}

export async function weLearn(
  task: Pick<Task, 'spec'>,
  loaded: Pick<Learnable, 'shape' | 'data'>,
  { seed, threads, kernels, ...begin }: LearnOptions & { kernels: KernelsFactory } & Beginning,
): Promise<Outcome & { checkpoint: Uint8Array }> {
  const { shape, data } = loaded;
  const trainer = await createTrainer({ spec: specOf(task, loaded, seed), shape, data, kernels, threads, ...begin });
  const start = performance.now();
  const events = trainer.run();
  let [seconds, checkpoint] = [0, new Uint8Array()];
  for (;;) {
    const { value, done } = events.next();
    if (!done) {
      // The last metrics are said when the last step is done, and before the model is measured.
      if (value.type === 'metrics') seconds = (performance.now() - start) / 1000;
      if (value.type === 'checkpoint') checkpoint = value.bytes;
      continue;
    }
    if (value.reason !== 'completed') throw new Error(`expected the run to be completed, got ${value.reason}`);
    const { loss, accuracy } = value.metrics.test!.values;
    return { seconds, loss, accuracy: accuracy!, checkpoint };
  }
}

/** The same spec on the same data, with PyTorch's own initial weights, order of rows and draws. */
export function torchDoes(python: string, task: Task, loaded: Loaded, { seed, threads }: LearnOptions): TorchOutcome {
  const { shape, data } = loaded;
  const folder = mkdtempSync(join(tmpdir(), 'trainyard-learning-'));
  try {
    for (const split of ['train', 'test'] as const) {
      writeFileSync(join(folder, `${split}.x`), data[split].x);
      writeFileSync(join(folder, `${split}.y`), data[split].y);
    }
    return torchLearns(python, { spec: specOf(task, loaded, seed), shape, seed, threads, folder });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
