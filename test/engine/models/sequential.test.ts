/** Any stack of layers: shapes inferred, an output where there is none, and errors that name the layer. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LayerSpec } from '../../../src/engine/layers/index.js';
import { planTraining } from '../../../src/engine/plan.js';
import { createPredictor } from '../../../src/engine/predict.js';
import { resolveEngineSpec } from '../../../src/engine/resolve.js';
import type { DataShape } from '../../../src/engine/shape.js';
import type { EngineSpec } from '../../../src/engine/spec.js';
import { backends } from '../backends.js';
import { record, rings, sums } from '../runs.js';

const shape: DataShape = {
  task: 'classification',
  inputs: 4,
  outputs: 3,
  rows: { train: 45, validation: 10, test: 10 },
};

function planOf(layers: LayerSpec[], over: Partial<DataShape> = {}, training = {}) {
  const data = { ...shape, ...over };
  return planTraining(resolveEngineSpec({ model: { type: 'sequential', layers }, training }, data), data);
}

const shapesOf = (layers: LayerSpec[], over: Partial<DataShape> = {}) =>
  planOf(layers, over).layers.map(({ name, outputShape }) => [name, ...outputShape]);

describe('sequential', () => {
  it('the last layer is the output where it puts out one value an output; else a dense one is appended', () => {
    assert.deepEqual(
      shapesOf([
        { type: 'dense', units: 5, activation: 'relu' },
        { type: 'dense', units: 3 },
      ]),
      [
        ['layers.0', 5],
        ['layers.1', 3],
      ],
    );
    assert.deepEqual(shapesOf([{ type: 'dense', units: 5 }, { type: 'batchNorm' }, { type: 'elu' }]), [
      ['layers.0', 5],
      ['layers.1', 5],
      ['layers.2', 5],
      ['output', 3],
    ]);
    assert.deepEqual(
      shapesOf([
        { type: 'reshape', shape: [1, 2, 2] },
        { type: 'maxPool2d', kernel: 1 },
      ]),
      [
        ['layers.0', 1, 2, 2],
        ['layers.1', 1, 2, 2],
        ['flatten', 4],
        ['output', 3],
      ],
    );
  });

  it('tells tokens where it ends in the logits of each position: a GPT spelt out trains and predicts; else it is refused', async () => {
    const { shape: text, data } = sums(7, 12, { train: 64, validation: 8, test: 8 });
    const block = (layers: Extract<LayerSpec, { type: 'residual' }>['layers']): LayerSpec => ({
      type: 'residual',
      layers,
    });
    const layers: LayerSpec[] = [
      { type: 'embedding', vocabulary: 7, width: 16 },
      { type: 'positionEmbedding', context: 12 },
      block([{ type: 'layerNorm' }, { type: 'attention', heads: 2, causal: true }]),
      block([{ type: 'layerNorm' }, { type: 'dense', units: 64, activation: 'gelu' }, { type: 'dense', units: 16 }]),
      { type: 'layerNorm' },
    ];
    const logits: LayerSpec = { type: 'unembedding', vocabulary: 7 };
    const training = { epochs: 2, batchSize: 16 };
    const run = (stack: LayerSpec[]) =>
      record(
        { shape: text, data },
        { model: { type: 'sequential', layers: stack }, training },
        { kernels: backends[0]! },
      );
    const { outcome, checkpoints } = await run([...layers, logits]);
    assert.ok(outcome.reason !== 'stopped');
    const { loss, accuracy, perplexity } = outcome.metrics.test!.values;
    assert.ok(accuracy! > 0 && perplexity === Math.exp(loss));
    const predictor = await createPredictor(checkpoints.at(-1)!.bytes, backends[0]!);
    assert.equal(predictor.predict(data.test.x, 8).length, 8 * 12 * 7);

    const refused = (stack: LayerSpec[], message: string) =>
      assert.rejects(run(stack), { code: 'invalid_spec', message });
    const expected = 'expected the logits of each position, [12, 7], got';
    await refused(layers, `layers.4: ${expected} [12, 16]`);
    await refused([...layers, { type: 'flatten' }, { type: 'dense', units: 7 }], `layers.6: ${expected} [7]`);
    const ahead = block([{ type: 'attention', heads: 2 }]);
    await refused(
      [...layers, ahead, logits],
      'layers.5: attention: expected causal: true, as the next token is the target, got causal: false',
    );
  });

  it('a layer that cannot take its input is named by index and path, with the shapes expected and got', () => {
    assert.throws(
      () =>
        planOf([
          { type: 'reshape', shape: [2, 2] },
          { type: 'conv2d', filters: 2, kernel: 3 },
        ]),
      {
        code: 'invalid_spec',
        message: /^layers\.1: conv2d: .*\[2, 2\]/,
      },
    );
    assert.throws(
      () => planOf([{ type: 'relu' }, { type: 'reshape', shape: [5] }]),
      (error: { details?: object }) => {
        assert.deepEqual(error.details, { path: '/model/layers/1', layer: 'layers.1', expected: 5, got: 4 });
        return true;
      },
    );
  });

  it('384 layers are planned, those inside of residual blocks counted; one more is refused', () => {
    const block: LayerSpec = { type: 'residual', layers: new Array(64).fill({ type: 'dense', units: 4 }) };
    const layers: LayerSpec[] = new Array(6).fill(block);
    assert.equal(planOf(layers).parameters, 384 * (4 * 4 + 4) + 3 * (4 + 1));
    assert.throws(() => planOf([...layers, { type: 'relu' }]), {
      code: 'invalid_spec',
      message: '/model/layers: expected at most 384 layers, those inside of residual blocks counted, got 385',
    });
  });

  it('a stack in which nothing learns is refused', () => {
    const layers: LayerSpec[] = [{ type: 'tanh' }, { type: 'dropout', rate: 0.5 }];
    assert.throws(() => planOf(layers, { task: 'regression', outputs: 4 }), {
      code: 'invalid_spec',
      message: '/model: expected a layer with parameters, got none',
    });
  });

  it('classes are told by logits: an activation at the end is refused, for regression it is not', () => {
    const withSoftmax: LayerSpec[] = [{ type: 'dense', units: 3 }, { type: 'softmax' }];
    assert.throws(() => planOf(withSoftmax), {
      code: 'invalid_spec',
      message: 'layers.1: softmax: expected logits, the last layer without an activation, got softmax',
    });
    assert.throws(() => planOf([{ type: 'dense', units: 3, activation: 'relu' }]), {
      code: 'invalid_spec',
      message: 'layers.0: dense: expected logits, the last layer without an activation, got relu',
    });
    assert.equal(shapesOf(withSoftmax, { task: 'regression' }).length, 2);
    const fromProbabilities = (activation: 'sigmoid' | 'tanh' | 'identity') => {
      const data = { ...shape, outputs: 2 };
      const layers: LayerSpec[] = [{ type: 'dense', units: 1, activation }];
      const spec = {
        model: { type: 'sequential', layers },
        loss: { type: 'binaryCrossEntropy', fromLogits: false },
      } as const;
      return planTraining(resolveEngineSpec({ ...spec, model: { ...spec.model, layers } }, data), data);
    };
    assert.equal(fromProbabilities('sigmoid').width, 1);
    for (const [activation, got] of [
      ['tanh', 'tanh'],
      ['identity', 'no activation'],
    ] as const) {
      assert.throws(() => fromProbabilities(activation), {
        code: 'invalid_spec',
        message: `layers.0: dense: expected a probability, the last layer with a sigmoid, as /loss/fromLogits is false, got ${got}`,
      });
    }
  });

  it('batchNorm of features never sees one row: an epoch’s last row joins the batch before, batches of one are refused', () => {
    const layers: LayerSpec[] = [{ type: 'dense', units: 5 }, { type: 'batchNorm' }];
    const rowsOf = ({ programs }: ReturnType<typeof planOf>) => [...programs().first.keys()];
    assert.deepEqual(rowsOf(planOf(layers, {}, { batchSize: 11 })), [11, 12]); // 45 = 11 + 11 + 11 + 12
    assert.deepEqual(rowsOf(planOf(layers, {}, { batchSize: 44 })), [45]);
    assert.deepEqual(rowsOf(planOf(layers.slice(0, 1), {}, { batchSize: 11 })), [11, 1]);
    assert.throws(() => planOf(layers, {}, { batchSize: 1 }), {
      code: 'invalid_spec',
      message: '/training/batchSize: expected batches of at least 2 rows, got 1',
    });
    // A channel of an image has more than one value a row.
    const images: LayerSpec[] = [{ type: 'reshape', shape: [1, 2, 2] }, { type: 'batchNorm' }];
    assert.deepEqual(rowsOf(planOf(images, {}, { batchSize: 11 })), [11, 1]);
  });

  for (const kernels of backends) {
    it(`learns two rings on ${kernels.name}, batchNorm, layerNorm and dropout in it: accuracy ≥ 0.95 on 200 unseen rows, as predict has it`, async () => {
      const problem = rings({ train: 300, validation: 100, test: 200 });
      const layers: LayerSpec[] = [
        { type: 'dense', units: 24 },
        { type: 'batchNorm' },
        { type: 'silu' },
        { type: 'dropout', rate: 0.1 },
        { type: 'dense', units: 12, activation: 'gelu' },
        { type: 'layerNorm' },
      ];
      const spec: EngineSpec = {
        model: { type: 'sequential', layers },
        optimizer: { type: 'adamw', learningRate: 0.01 },
        schedule: { type: 'cosine', warmup: 10 },
        training: { epochs: 20, emaDecay: 0.9 },
        evaluation: { metrics: ['accuracy', 'rocAuc'], best: { metric: 'validation.rocAuc' } },
      };
      const { outcome, checkpoints, rows } = await record(problem, spec, { kernels });
      assert.ok(outcome.reason !== 'stopped');
      const { accuracy, rocAuc, brier } = outcome.metrics.test!.values;
      assert.ok(accuracy! >= 0.95, String(accuracy));
      assert.ok(rocAuc! >= 0.98 && brier! <= 0.1, `${rocAuc} ${brier}`);
      const aucs = rows.filter(({ name }) => name === 'validation.rocAuc').map(({ value }) => value);
      assert.equal(outcome.metrics.validation!.values.rocAuc, Math.max(...aucs));
      const predictor = await createPredictor(checkpoints.at(-1)!.bytes, kernels);
      const { x, y, rows: count } = problem.data.test;
      assert.ok(x instanceof Float32Array);
      const probabilities = predictor.predict(x, count);
      const right = Array.from(y).filter((actual, row) => actual === Number(probabilities[2 * row + 1]! > 0.5));
      assert.equal(right.length / count, accuracy);
    });
  }
});
