/** The training loop: to the same bits however it was stopped, and to a result. golden-runs.test.ts holds it to PyTorch's numbers. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { MetricScale } from '../../src/engine/evaluate.js';
import { type OptimizerSpec, optimizers } from '../../src/engine/optimizers/index.js';
import { decodeSafetensors } from '../../src/engine/safetensors.js';
import type { EngineSpec } from '../../src/engine/spec.js';
import { backends } from './backends.js';
import { assertClose } from './golden.js';
import { record, rings, sha256, surface } from './runs.js';

/** Small and irregular: a partial last batch, dropout, a clipped and penalised update of several batches. */
const irregular: EngineSpec = {
  model: { type: 'mlp', hidden: [9, 7], activation: 'relu', dropout: 0.2 },
  optimizer: { type: 'adam', learningRate: 0.01 },
  regularization: { l1: 1e-4, l2: 1e-3 },
  training: { epochs: 6, batchSize: 8, gradientAccumulation: 2, clipNorm: 1, seed: 3 },
  evaluation: { everySteps: 3 },
  checkpoints: { everySteps: 2, minSeconds: 0 },
  logging: { everySteps: 2 },
};
/** 45 rows: 5 batches of 8 and one of 5; 3 updates an epoch, 18 in all. */
const problem = rings({ train: 45, validation: 21, test: 20 });

/** The tensors that training continues from. */
function resumedTensors(bytes: Uint8Array): Map<string, string> {
  const { tensors } = decodeSafetensors(bytes);
  const kept = [...tensors].filter(([name]) => name.startsWith('resume/'));
  return new Map(
    kept.map(([name, { data }]) => [name, sha256(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))]),
  );
}

for (const kernels of backends) {
  describe(`training on ${kernels.name}`, () => {
    it('two runs of one spec are equal: every metric row, and the SHA-256 of every checkpoint', async () => {
      const [one, other] = [
        await record(problem, irregular, { kernels }),
        await record(problem, irregular, { kernels }),
      ];
      assert.equal(one.checkpoints.length, 9);
      assert.deepEqual(one.rows, other.rows);
      assert.deepEqual(
        one.checkpoints.map(({ bytes }) => sha256(bytes)),
        other.checkpoints.map(({ bytes }) => sha256(bytes)),
      );
      assert.deepEqual(one.outcome, other.outcome);
    });

    it('a run stopped after any of its 18 steps and resumed gives the rows and the bytes of one that was not', async () => {
      const whole = await record(problem, irregular, { kernels });
      assert.equal(whole.outcome.step, 18);
      for (let stopAt = 1; stopAt < 18; stopAt++) {
        const before = await record(problem, irregular, { kernels, stopAt });
        assert.equal(before.outcome.reason, 'stopped');
        const stop = before.checkpoints.at(-1)!;
        assert.deepEqual([stop.kind, stop.step], ['stop', stopAt]);
        const after = await record(problem, irregular, { kernels, resumeFrom: stop.bytes });
        assert.deepEqual([...before.rows, ...after.rows], whole.rows, `rows, stopped at ${stopAt}`);
        assert.deepEqual(after.outcome, whole.outcome);
        assert.equal(sha256(after.checkpoints.at(-1)!.bytes), sha256(whole.checkpoints.at(-1)!.bytes));
      }
    });

    it('buffers above 2 GiB give the same bytes as those below', async () => {
      const high = { ...kernels, scratchBytes: kernels.scratchBytes + 2 ** 31 };
      const [below, above] = [
        await record(problem, irregular, { kernels }),
        await record(problem, irregular, { kernels: high }),
      ];
      assert.equal(sha256(above.checkpoints.at(-1)!.bytes), sha256(below.checkpoints.at(-1)!.bytes));
      assert.deepEqual(above.rows, below.rows);
    });

    it('early stopping keeps its count over a stop: the resumed run ends at the same step, on the same best weights', async () => {
      const spec: EngineSpec = {
        ...irregular,
        optimizer: { type: 'sgd', learningRate: 3 },
        earlyStopping: { type: 'patience', patience: 2 },
      };
      const whole = await record(problem, spec, { kernels });
      assert.equal(whole.outcome.reason, 'earlyStopped');
      assert.ok(whole.outcome.bestStep < whole.outcome.step);
      const stopped = await record(problem, spec, { kernels, stopAt: whole.outcome.step - 1 });
      const resumed = await record(problem, spec, { kernels, resumeFrom: stopped.checkpoints.at(-1)!.bytes });
      assert.deepEqual(resumed.outcome, whole.outcome);
      assert.equal(sha256(resumed.checkpoints.at(-1)!.bytes), sha256(whole.checkpoints.at(-1)!.bytes));
    });

    it('evaluation does not disturb training: weights and optimizer state are bit-equal with 18 evaluations and with 1', async () => {
      const quiet: EngineSpec = { ...irregular, earlyStopping: { type: 'none' } };
      const often = await record(problem, { ...quiet, evaluation: { everySteps: 1 } }, { kernels });
      const once = await record(problem, { ...quiet, evaluation: { everySteps: 1000 } }, { kernels });
      const tensors = resumedTensors(often.checkpoints.at(-1)!.bytes);
      assert.equal(tensors.size, 3 * 6); // weights, mean, variance of 3 dense layers
      assert.deepEqual(tensors, resumedTensors(once.checkpoints.at(-1)!.bytes));
    });

    it('4 accumulated batches of 8 equal one of 32, and gradient descent is one update an epoch, in batches of any size', async () => {
      const plain: EngineSpec = {
        model: { type: 'mlp', hidden: [9], activation: 'tanh' },
        optimizer: { type: 'sgd', learningRate: 0.1, momentum: 0.9 },
        training: { epochs: 5, batchSize: 32 },
        earlyStopping: { type: 'none' },
      };
      const accumulated = { ...plain, training: { epochs: 5, batchSize: 8, gradientAccumulation: 4 } };
      const descent = { ...plain, optimizer: { type: 'gradientDescent' } } satisfies EngineSpec;
      const inBatches = { ...descent, training: { epochs: 5, batchSize: 7 } };
      const data = surface({ train: 100, validation: 0, test: 0 }); // 32 + 32 + 32 + 4
      for (const [one, other] of [
        [plain, accumulated],
        [descent, inBatches],
      ] as const) {
        const [a, b] = [await record(data, one, { kernels }), await record(data, other, { kernels })];
        assert.equal(a.outcome.step, b.outcome.step);
        const [weightsA, weightsB] = [a, b].map(
          ({ checkpoints }) => decodeSafetensors(checkpoints.at(-1)!.bytes).tensors,
        );
        for (const [name, { data }] of weightsA!) {
          assertClose(data as Float32Array, weightsB!.get(name)!.data as Float32Array, name);
        }
      }
    });

    it('a learning rate of 1e30 is stopped within 3 steps with code non_finite, the step and the layer', async () => {
      for (const type of Object.keys(optimizers) as OptimizerSpec['type'][]) {
        const spec: EngineSpec = {
          ...irregular,
          optimizer: { type, learningRate: 1e30 },
          training: { epochs: 6, clipNorm: null },
        };
        await assert.rejects(
          record(problem, spec, { kernels }),
          (error: { code?: string; details?: { step?: number; layer?: string } }) => {
            assert.equal(error.code, 'non_finite');
            assert.ok(error.details!.step! <= 3);
            assert.match(error.details!.layer!, /^(hidden\.[01]|output)$/);
            return true;
          },
        );
      }
    });
  });
}

const wasm = backends.at(-1)!;

describe('what training reaches', () => {
  it('two rings: accuracy ≥ 0.98 on 200 unseen rows, with crossEntropy and with binaryCrossEntropy', async () => {
    const data = rings({ train: 400, validation: 100, test: 200 });
    for (const type of ['crossEntropy', 'binaryCrossEntropy'] as const) {
      const { outcome, rows } = await record(data, { model: { type: 'mlp' }, loss: { type } }, { kernels: wasm });
      assert.ok(outcome.reason !== 'stopped');
      const { values, confusion, classes } = outcome.metrics.test!;
      assert.ok(values.accuracy! >= 0.98, `${type}: ${values.accuracy}`);
      assert.equal(
        confusion!.flat().reduce((sum, count) => sum + count),
        200,
      );
      assert.equal(classes!.length, 2);
      // The model is the best weights: its validation loss is the least that was seen.
      const seen = rows.filter(({ name }) => name === 'validation.loss').map(({ value }) => value);
      assert.equal(outcome.metrics.validation!.values.loss, Math.min(...seen));
    }
  });

  it('a curved surface: R² ≥ 0.9 on 300 unseen rows; metrics are in the units of the unscaled target, the loss is not', async () => {
    const data = surface({ train: 600, validation: 150, test: 300 });
    const finalValues = async (options: { metricScale?: MetricScale }) => {
      const { outcome } = await record(data, { model: { type: 'mlp' } }, { kernels: wasm, ...options });
      assert.ok(outcome.reason !== 'stopped');
      return outcome.metrics.test!.values;
    };
    const plain = await finalValues({});
    const scaled = await finalValues({ metricScale: { mean: [50], deviation: [4] } });
    assert.ok(plain.r2! >= 0.9, String(plain.r2));
    assertClose([scaled.r2!, scaled.rmse!, scaled.mae!], [plain.r2!, 4 * plain.rmse!, 4 * plain.mae!], 'r2, rmse, mae');
    assert.equal(scaled.loss, plain.loss);
  });

  it('with no validation rows the last weights are the model, and nothing stops early', async () => {
    const data = rings({ train: 40, validation: 0, test: 10 });
    const { outcome, checkpoints } = await record(
      data,
      { model: { type: 'mlp', hidden: [4] }, training: { steps: 7 } },
      { kernels: wasm },
    );
    assert.ok(outcome.reason === 'completed');
    assert.deepEqual([outcome.step, outcome.bestStep, outcome.metrics.validation], [7, 7, null]);
    assert.ok(checkpoints.at(-1)!.best);
  });
});
