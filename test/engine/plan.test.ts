/** The plan: what it counts, what it refuses, and that its size does not follow the job's. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { EngineErrorDetails } from '../../src/engine/errors.js';
import { createMachine } from '../../src/engine/machine.js';
import { planTraining } from '../../src/engine/plan.js';
import { resolveEngineSpec } from '../../src/engine/resolve.js';
import type { DataShape } from '../../src/engine/shape.js';
import type { EngineSpec } from '../../src/engine/spec.js';
import { backends } from './backends.js';

const shape: DataShape = {
  task: 'classification',
  inputs: 20,
  outputs: 2,
  rows: { train: 650, validation: 100, test: 100 },
};
const plan = (spec: EngineSpec, over: Partial<DataShape> = {}) =>
  planTraining(resolveEngineSpec(spec, { ...shape, ...over }), { ...shape, ...over });
const tabular: EngineSpec = {
  model: { type: 'mlp', hidden: [128, 64], activation: 'relu' },
  training: { epochs: 3, batchSize: 64 },
};

describe('plan', () => {
  it('counts parameters, steps and FLOPs of the tabular MLP 20-128-64-2 by hand: 11,074; 11 a epoch; 3.85 M a step', () => {
    const { parameters, flopsPerStep, stepsPerEpoch, totalSteps, layers } = plan(tabular);
    assert.equal(parameters, 20 * 128 + 128 + 128 * 64 + 64 + 64 * 2 + 2);
    // forward, weights' gradient and inputs' gradient, the last not for the first layer
    assert.equal(flopsPerStep, 2 * 64 * (3 * (20 * 128 + 128 * 64 + 64 * 2) - 20 * 128));
    assert.deepEqual([stepsPerEpoch, totalSteps], [11, 33]);
    assert.deepEqual(
      layers.map(({ name, type, inputShape, outputShape }) => [name, type, inputShape, outputShape]),
      [
        ['hidden.0', 'dense', [20], [128]],
        ['hidden.1', 'dense', [128], [64]],
        ['output', 'dense', [64], [2]],
      ],
    );
  });

  it('no two buffers of a program overlap, and none reaches past the planned bytes', () => {
    const planned = plan({ ...tabular, model: { type: 'mlp', hidden: [33, 17], dropout: 0.5 } });
    const { parameters, gradients, best, optimizerState, order, inputs } = planned.addresses;
    const resident = [parameters, gradients, best, ...optimizerState.values()].map((pointer) => [
      pointer,
      planned.graph.elements,
    ]);
    for (const { tensors } of [...planned.programs.first.values(), ...planned.programs.evaluation.values()]) {
      const own = tensors.map(({ pointer, elements }) => [pointer, elements]);
      const spans = [...resident, [order, 650], [inputs, 850 * 20], ...own].sort((a, b) => a[0]! - b[0]!);
      spans.forEach(([pointer, elements], index) => {
        const end = spans[index + 1]?.[0] ?? planned.peakBytes;
        assert.ok(pointer! + elements! * 4 <= end, `[${pointer}, ${elements}] reaches over ${end}`);
        assert.equal(pointer! % 16, 0);
      });
    }
  });

  it('its bytes are what a run allocates', async () => {
    for (const kernels of backends) {
      const planned = planTraining(resolveEngineSpec(tabular, shape), shape, kernels);
      assert.equal((await createMachine(planned, kernels)).memory.u8.length, planned.peakBytes);
    }
  });

  it('has a program for each batch the run will meet: full, last, and their evaluation', () => {
    const { programs } = plan(tabular);
    assert.deepEqual([...programs.first.keys()], [64, 10]);
    assert.equal(programs.further.size, 0);
    assert.deepEqual(
      [...programs.evaluation.keys()].sort((a, b) => a - b),
      [100, 138, 256],
    );
  });

  it('refuses a thousand million units, naming layer, path, expected and got', () => {
    for (const [hidden, layer] of [
      [[1e9, 1e9], 'hidden.0'],
      [[1e6, 1e6], 'hidden.1'],
      [[1e12], 'hidden.0'],
    ] as const) {
      assert.throws(
        () => plan({ model: { type: 'mlp', hidden: [...hidden] } }),
        (error: { code?: string; details?: EngineErrorDetails }) => {
          assert.equal(error.code, 'exceeds_engine_memory');
          assert.equal(error.details!.layer, layer);
          assert.equal(error.details!.path, `/model/hidden/${layer.at(-1)}`);
          assert.equal(error.details!.expected, 'at most 4294967296 bytes');
          assert.match(String(error.details!.got), /^\d+(\.\d+e\+\d+)? bytes$/);
          return true;
        },
      );
    }
  });

  it('refuses data, batches and losses that do not fit, with the path that says so', () => {
    const refused = (spec: EngineSpec, over: Partial<DataShape>, code: string, path?: string) =>
      assert.throws(
        () => plan(spec, over),
        (error: { code?: string; details?: { path?: string } }) => {
          assert.deepEqual([error.code, error.details!.path], [code, path]);
          return true;
        },
      );
    refused(tabular, { rows: { train: 1e8, validation: 0, test: 0 } }, 'exceeds_engine_memory');
    refused(tabular, { rows: { train: 0, validation: 0, test: 0 } }, 'invalid_data');
    refused({ ...tabular, loss: { type: 'mse' } }, {}, 'invalid_spec', '/loss/type');
    refused({ ...tabular, loss: { type: 'binaryCrossEntropy' } }, { outputs: 3 }, 'invalid_spec', '/loss/type');
    refused({ ...tabular, evaluation: { metrics: ['accuracy', 'r2'] } }, {}, 'invalid_spec', '/evaluation/metrics/1');
    refused(
      { ...tabular, evaluation: { best: { metric: 'validation.mae' } } },
      {},
      'invalid_spec',
      '/evaluation/best/metric',
    );
    refused({ ...tabular, optimizer: { type: 'sgd', nesterov: true } }, {}, 'invalid_spec', '/optimizer/momentum');
    refused({ ...tabular, training: { epochs: 1, steps: 1 } }, {}, 'invalid_spec', '/training');
  });
});
