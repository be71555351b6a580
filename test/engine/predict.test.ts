/** Predicting from a checkpoint: the model that was measured, for any number of rows. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LayerSpec } from '../../src/engine/layers/index.js';
import { createPredictor } from '../../src/engine/predict.js';
import type { EngineSpec } from '../../src/engine/spec.js';
import { backends } from './backends.js';
import { record, rings, surface } from './runs.js';

for (const kernels of backends) {
  describe(`predict on ${kernels.name}`, () => {
    it('gives the accuracy that the run reported: its best weights, for the losses of two classes, from logits and from a probability', async () => {
      const problem = rings({ train: 100, validation: 40, test: 70 });
      const layers: LayerSpec[] = [
        { type: 'dense', units: 16, activation: 'tanh' },
        { type: 'dense', units: 1, activation: 'sigmoid' },
      ];
      const specs: EngineSpec[] = [
        { model: { type: 'mlp' }, loss: { type: 'crossEntropy' } },
        { model: { type: 'mlp' }, loss: { type: 'binaryCrossEntropy' } },
        { model: { type: 'sequential', layers }, loss: { type: 'binaryCrossEntropy', fromLogits: false } },
      ];
      for (const each of specs) {
        const spec = { ...each, training: { epochs: 20 } };
        const { checkpoints, outcome } = await record(problem, spec, { kernels });
        const predictor = await createPredictor(checkpoints.at(-1)!.bytes, kernels, 32);
        const { x, y, rows } = problem.data.test;
        const probabilities = predictor.predict(x, rows); // 32 + 32 + 6
        const right = y.filter(
          (actual, row) => actual === Number(probabilities[2 * row + 1]! > probabilities[2 * row]!),
        );
        assert.ok(outcome.reason !== 'stopped');
        assert.equal(right.length / rows, outcome.metrics.test!.values.accuracy);
        for (let row = 0; row < rows; row++) {
          assert.ok(Math.abs(probabilities[2 * row]! + probabilities[2 * row + 1]! - 1) < 1e-6);
        }
      }
    });

    it('of a confident model of two classes tells the lesser probability as exactly as the greater', async () => {
      const problem = rings({ train: 100, validation: 40, test: 70 });
      const spec: EngineSpec = {
        ...{ model: { type: 'mlp', hidden: [] }, loss: { type: 'binaryCrossEntropy' } },
        ...{ optimizer: { type: 'sgd', learningRate: 100 }, training: { steps: 3 } },
      };
      const { checkpoints } = await record(problem, spec, { kernels });
      const predictor = await createPredictor(checkpoints.at(-1)!.bytes, kernels);
      const [a, b] = problem.data.test.x;
      for (const side of [1, -1]) {
        let lesser = 1;
        for (let length = side / 100; lesser > 1e-8; length *= 1.1) {
          lesser = Math.min(...predictor.predict(Float32Array.of(length * a!, length * b!), 1));
        }
        assert.ok(lesser > 1e-10, `${lesser}`);
      }
    });

    it('gives values for regression, one row at a time as in one batch, and refuses rows of another width', async () => {
      const problem = surface({ train: 100, validation: 40, test: 50 });
      const { checkpoints } = await record(problem, { model: { type: 'mlp' }, training: { epochs: 5 } }, { kernels });
      const predictor = await createPredictor(checkpoints.at(-1)!.bytes, kernels);
      const { x, rows } = problem.data.test;
      const together = predictor.predict(x, rows);
      assert.equal(together.length, rows);
      for (let row = 0; row < rows; row++) {
        const [alone] = predictor.predict(x.subarray(row * 3, row * 3 + 3), 1);
        assert.ok(Math.abs(alone! - together[row]!) <= 1e-6 + 1e-5 * Math.abs(alone!));
      }
      assert.equal(predictor.predict(new Float32Array(), 0).length, 0);
      assert.throws(() => predictor.predict(x, rows + 1), { code: 'invalid_data' });
    });
  });
}
