/** The plan: what it counts, what it refuses, and that its size does not follow the job's. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { EngineErrorDetails } from '../../src/engine/errors.js';
import { dense } from '../../src/engine/layers/dense.js';
import type { LayerSpec } from '../../src/engine/layers/index.js';
import { createMachine } from '../../src/engine/machine.js';
import { planTraining } from '../../src/engine/plan.js';
import type { Program } from '../../src/engine/program.js';
import { resolveEngineSpec } from '../../src/engine/resolve.js';
import type { DataShape } from '../../src/engine/shape.js';
import type { EngineSpec } from '../../src/engine/spec.js';
import { backends } from './backends.js';
import { assertApart } from './spans.js';

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

  it('counts the FLOPs of a step of a CNN and two GPTs by hand: 985 M, 3.96 G, 63.0 G; columns of pixels become images', () => {
    const layers: Extract<EngineSpec['model'], { type: 'sequential' }>['layers'] = [
      { type: 'conv2d', filters: 32, kernel: 3, activation: 'relu' },
      { type: 'maxPool2d', kernel: 2 },
      { type: 'conv2d', filters: 64, kernel: 3, activation: 'relu' },
      { type: 'maxPool2d', kernel: 2 },
      { type: 'flatten' },
      { type: 'dense', units: 128, activation: 'relu' },
    ];
    const cnn = plan(
      { model: { type: 'sequential', inputShape: [1, 28, 28], layers }, training: { batchSize: 64 } },
      { inputs: 784, outputs: 10 },
    );
    // multiplications a row: 28 → 26 → 13 → 11 → 5 pixels on a side; the first layer has no gradient of its input
    const [first, second] = [26 * 26 * 9 * 32, 11 * 11 * 9 * 32 * 64];
    const dense = 5 * 5 * 64 * 128 + 128 * 10;
    assert.equal(cnn.flopsPerStep, 2 * 64 * (2 * first + 3 * (second + dense)));
    assert.equal((cnn.flopsPerStep / 1e6).toFixed(0), '985');

    const gpt = (blocks: number, heads: number, width: number, context: number, batchSize: number) => {
      const model = { type: 'gpt', layers: blocks, heads, width, context, bias: false, tied: false } as const;
      const tokens = { vocabulary: 65, targets: 'position', padding: null } as const;
      const { flopsPerStep } = plan({ model, training: { batchSize } }, { inputs: context, outputs: 65, tokens });
      // multiplications a token: 12 width² of weights and 2 context · width of attention a block, then the logits
      const token = blocks * (12 * width ** 2 + 2 * context * width) + 65 * width;
      assert.equal(flopsPerStep, 2 * 3 * batchSize * context * token);
      return (flopsPerStep / 1e9).toPrecision(3);
    };
    assert.deepEqual([gpt(4, 4, 128, 64, 12), gpt(6, 8, 256, 128, 16)], ['3.96', '63.0']);
  });

  it('no two buffers that live at once overlap, and none reaches past the planned bytes', () => {
    const planned = plan({ ...tabular, model: { type: 'mlp', hidden: [33, 17, 33], dropout: 0.5 } });
    const { parameters, gradients, best, optimizerState, order, inputs } = planned.addresses;
    const always = { first: -1, last: Number.POSITIVE_INFINITY };
    const resident = [parameters, gradients, best, ...optimizerState.values()].map((pointer) => ({
      pointer,
      elements: planned.graph.elements,
      ...always,
    }));
    resident.push({ pointer: order, elements: 650, ...always }, { pointer: inputs, elements: 850 * 20, ...always });
    const { first, evaluation } = planned.programs();
    for (const program of [...first.values(), ...evaluation.values()]) {
      const spans = [...resident, ...program.tensors()];
      for (const { pointer, elements } of spans) {
        assert.equal(pointer % 64, 0);
        assert.ok(pointer + elements * 4 <= planned.peakBytes);
      }
      assertApart(spans);
    }
  });

  it('the batches of a run of any size lie in the places of the largest, workspaces of threads included', () => {
    const tokens = { vocabulary: 9, targets: 'position', padding: null } as const;
    const gpt = { model: { type: 'gpt', layers: 1, heads: 2, width: 512, context: 32 } } as const;
    const layers: LayerSpec[] = [{ type: 'conv2d', filters: 3, kernel: 3, activation: 'relu' }, { type: 'flatten' }];
    const cnn: EngineSpec = { model: { type: 'sequential', inputShape: [1, 4, 5], layers } };
    // 9 rows are cut into parts of 3, and 4 rows into 4 parts.
    for (let last = 1; last < 9; last++) {
      const rows = { train: 9 + last, validation: last, test: 0 };
      const training = { batchSize: 9, gradientAccumulation: 2 };
      for (const planned of [
        plan({ ...gpt, training }, { inputs: 32, outputs: 9, tokens, rows }),
        plan({ ...cnn, training }, { rows }),
      ]) {
        const { first, further, evaluation } = planned.programs();
        assert.deepEqual([...first.keys(), ...further.keys()], [9, last, 9, last]);
        for (const program of [...first.values(), ...further.values(), ...evaluation.values()]) {
          assertApart(program.tensors());
          assert.ok(program.end <= planned.peakBytes);
        }
      }
    }
  });

  it('planning emits each layer once for training and once for evaluation, whatever batches there are; running the others', (t) => {
    const forward = t.mock.method(dense, 'forward');
    const planned = plan({ ...tabular, training: { batchSize: 64, gradientAccumulation: 2 } });
    assert.equal(forward.mock.callCount(), 2 * 3);
    planned.programs();
    assert.equal(forward.mock.callCount(), (2 + 4 + 3) * 3);
  });

  it('the deepest models that a spec may ask for are planned in at most 12,000 calls', () => {
    const tokens = { vocabulary: 5, targets: 'position', padding: null } as const;
    const attention = { type: 'attention', heads: 1, causal: true, dropout: 0.1 } as const;
    const layers: LayerSpec[] = [
      { type: 'embedding', vocabulary: 5, width: 4 },
      ...new Array(5).fill({ type: 'residual', layers: new Array(64).fill(attention) }),
      { type: 'residual', layers: new Array(62).fill(attention) },
      { type: 'dense', units: 5 },
    ];
    const deep = { layers: 96, heads: 1, width: 4, context: 4, dropout: 0.1 };
    const rowTokens = { ...tokens, targets: 'row' } as const;
    for (const [model, over] of [
      [
        { type: 'gpt', ...deep },
        { tokens, outputs: 5 },
      ],
      [{ type: 'bert', ...deep }, { tokens: rowTokens }],
      [
        { type: 'sequential', layers },
        { tokens, outputs: 5 },
      ],
      [{ type: 'mlp', hidden: new Array(64).fill(4), dropout: 0.1 }, {}],
    ] as [EngineSpec['model'], Partial<DataShape>][]) {
      const { first, evaluation } = plan({ model }, { inputs: 4, ...over }).programs();
      const largest = [first, evaluation].map((programs) => programs.values().next().value!.calls.length);
      const calls = largest[0]! + largest[1]!;
      assert.ok(calls <= 12_000, `${model.type}: ${calls} calls`);
    }
  });

  it('buffers share bytes: an evaluation of 20 layers needs those of 2, its training no gradient but the one at hand', () => {
    const bytes = (programs: ReadonlyMap<number, Program>, rows: number) => {
      const { tensors, input, end } = programs.get(rows)!;
      return end - Math.min(input, ...tensors().map(({ pointer }) => pointer));
    };
    const planned = plan({ ...tabular, model: { type: 'mlp', hidden: new Array(20).fill(64) } });
    const layer = 64 * 4; // bytes a row
    const { first, evaluation } = planned.programs();
    assert.ok(bytes(evaluation, 256) <= 256 * 3 * layer);
    assert.ok(bytes(first, 64) <= 64 * (20 + 3) * layer);
  });

  it('its bytes are what a run allocates', async () => {
    for (const kernels of backends) {
      const planned = planTraining(resolveEngineSpec(tabular, shape), shape, kernels);
      assert.equal((await createMachine(planned, kernels)).memory.u8.length, planned.peakBytes);
    }
  });

  it('has a program for each batch the run will meet: full, last, and their evaluation', () => {
    const { first, further, evaluation } = plan(tabular).programs();
    assert.deepEqual([...first.keys()], [64, 10]);
    assert.equal(further.size, 0);
    assert.deepEqual(
      [...evaluation.keys()].sort((a, b) => a - b),
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

  it('refuses transformers of any size, naming the first layer too many: 96 blocks, a million wide, of a million positions', () => {
    const long = { inputs: 1_000_000, outputs: 16_777_216 } as const;
    const tokens = { vocabulary: 16_777_216, targets: 'position', padding: null } as const;
    const width = 1_000_000;
    const cases: [EngineSpec['model'], Partial<DataShape>, string][] = [
      [{ type: 'gpt', layers: 96, heads: 64, width, context: 1_000_000 }, { ...long, tokens }, 'token'],
      [
        { type: 'bert', layers: 96, heads: 65_536, width: 65_536, context: 1_000_000 },
        { inputs: 1_000_000, outputs: 2, tokens: { vocabulary: 5, targets: 'row', padding: 0 } },
        'position',
      ],
      // Small weights, and scores of 10¹⁸ bytes.
      [
        { type: 'gpt', layers: 96, heads: 8, width: 8, context: 1_000_000 },
        {
          inputs: 1_000_000,
          outputs: 9,
          rows: { train: 9, validation: 0, test: 0 },
          tokens: { ...tokens, vocabulary: 9 },
        },
        'blocks.0.attention',
      ],
    ];
    for (const [model, over, layer] of cases) {
      assert.throws(
        () => plan({ model }, over),
        (error: { code?: string; details?: EngineErrorDetails }) => {
          assert.deepEqual([error.code, error.details!.layer], ['exceeds_engine_memory', layer]);
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
    refused(
      { ...tabular, loss: { type: 'crossEntropy', classWeights: [1, 2, 3] } },
      {},
      'invalid_spec',
      '/loss/classWeights',
    );
    refused(
      { ...tabular, loss: { type: 'crossEntropy', classWeights: [0, 0] } },
      {},
      'invalid_spec',
      '/loss/classWeights',
    );
    refused(
      { ...tabular, schedule: { type: 'plateau', metric: 'validation.r2' } },
      {},
      'invalid_spec',
      '/schedule/metric',
    );
    // 100 million scores are too many to be ranked.
    refused(
      { ...tabular, evaluation: { metrics: ['rocAuc'] } },
      { outputs: 1_000_000 },
      'invalid_spec',
      '/evaluation/metrics/0',
    );
    const nothing = { vocabulary: 0, targets: 'row', padding: null } as const;
    refused({ model: { type: 'bert' } }, { tokens: nothing }, 'invalid_data');
    refused({ ...tabular, optimizer: { type: 'sgd', nesterov: true } }, {}, 'invalid_spec', '/optimizer/momentum');
    refused({ ...tabular, training: { epochs: 1, steps: 1 } }, {}, 'invalid_spec', '/training');
  });
});
