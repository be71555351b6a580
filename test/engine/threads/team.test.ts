/** Several threads over one run: the same bits as one, however many. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { EngineSpec } from '../../../src/engine/spec.js';
import { backends } from '../backends.js';
import { record, rings, sha256 } from '../runs.js';

/** Wide enough that products, dropout and update are cut; clipped, penalised, accumulated, with a partial last batch. */
const wide: EngineSpec = {
  model: { type: 'mlp', hidden: [256, 320], activation: 'relu', dropout: 0.2 },
  optimizer: { type: 'adam', learningRate: 0.01 },
  regularization: { l2: 1e-3 },
  training: { epochs: 2, batchSize: 128, gradientAccumulation: 2, clipNorm: 1, seed: 3 },
  checkpoints: { everySteps: 2, minSeconds: 0 },
  logging: { everySteps: 1 },
};
const problem = rings({ train: 700, validation: 300, test: 50 });

/** The two coordinates become a dense layer's 64 values, and those an image of 8×8. */
const convolutional: EngineSpec = {
  ...wide,
  model: {
    type: 'sequential',
    layers: [
      { type: 'dense', units: 64, activation: 'tanh' },
      { type: 'reshape', shape: [1, 8, 8] },
      { type: 'conv2d', filters: 8, kernel: 3, activation: 'relu' },
      { type: 'conv2d', filters: 8, kernel: 3, padding: 1 },
    ],
  },
};

for (const kernels of backends.filter(({ name }) => name !== 'reference')) {
  describe(`threads on ${kernels.name}`, () => {
    it('2 and 3 threads give the metric rows and the checkpoint bytes of 1: dense layers, convolutions', async () => {
      for (const spec of [wide, convolutional]) {
        const on = (threads: number) => record(problem, spec, { kernels, threads });
        const one = await on(1);
        assert.ok(one.checkpoints.length > 1);
        for (const other of [await on(2), await on(3)]) {
          assert.deepEqual(other.rows, one.rows);
          assert.deepEqual(
            other.checkpoints.map(({ bytes }) => sha256(bytes)),
            one.checkpoints.map(({ bytes }) => sha256(bytes)),
          );
        }
      }
    });

    it('a run stopped on 2 threads and resumed on 1 ends in the bytes of one that was not', async () => {
      const whole = await record(problem, wide, { kernels, threads: 2 });
      const stopped = await record(problem, wide, { kernels, threads: 2, stopAt: 3 });
      const resumed = await record(problem, wide, { kernels, resumeFrom: stopped.checkpoints.at(-1)!.bytes });
      assert.equal(sha256(resumed.checkpoints.at(-1)!.bytes), sha256(whole.checkpoints.at(-1)!.bytes));
    });
  });
}
