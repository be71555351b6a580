/** Every layer, activation and loss as ONNX, held to the engine by onnxruntime: one loop over each registry. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Tensor } from 'onnxruntime-node';
import { activationNames } from '../../../src/engine/layers/activation.js';
import { type LayerSpec, layers } from '../../../src/engine/layers/index.js';
import { losses } from '../../../src/engine/losses/index.js';
import type { LossSpec, ModelSpec } from '../../../src/engine/spec.js';
import { around } from '../../engine/layers/examples.js';
import { tokensOf } from '../../engine/layers/stack.js';
import { classesOf, inUnits, matrixOf, testRows, trained } from './models.js';
import { assertAgrees, int64, numbersOf, runOnnx } from './run.js';

/** Of a regression, in units of its target. */
async function agreesOn(stack: LayerSpec[], what: string): Promise<void> {
  const tokens = tokensOf(stack[0]!);
  const inputs = tokens.tokens ? 3 : 6;
  const sizes = { task: 'regression', inputs, outputs: 1, ...tokens } as const;
  const { x, predict, onnx } = await trained(sizes, { model: { type: 'sequential', layers: stack } });
  const feeds = tokens.tokens
    ? {
        input_ids: int64(x, [testRows, inputs]),
        attention_mask: int64(
          x.map(() => 1),
          [testRows, inputs],
        ),
      }
    : { inputs: new Tensor('float32', x as Float32Array, [testRows, inputs]) };
  const { value } = await runOnnx(onnx(matrixOf(inputs, inUnits)), feeds);
  const expected = Array.from(predict(x), (scaled) => scaled * inUnits.deviation + inUnits.mean);
  assert.ok(new Set(expected).size > 1, what);
  assertAgrees(numbersOf(value), expected, what);
}

const sequence: LayerSpec[] = [
  { type: 'dense', units: 12 },
  { type: 'reshape', shape: [3, 4] },
];
/** What the examples of the registry leave out. */
const options: Record<string, LayerSpec[]> = {
  'a dense layer and a normalisation without bias': [
    { type: 'dense', units: 5, bias: false },
    { type: 'layerNorm', bias: false },
  ],
  'attention that is not causal and has no bias': [...sequence, { type: 'attention', heads: 4, bias: false }],
  'logits of tokens without bias': [...sequence, { type: 'unembedding', vocabulary: 7 }],
  'batch normalisation of images, and pooling with padding': [
    { type: 'dense', units: 32 },
    { type: 'reshape', shape: [2, 4, 4] },
    { type: 'batchNorm' },
    { type: 'maxPool2d', kernel: 3, stride: 2, padding: 1 },
  ],
};

describe('layers as ONNX give what the engine does within 1e-4 + 1e-4 · |y| on 1,000 rows', () => {
  for (const type of Object.keys(layers) as LayerSpec['type'][]) {
    it(type, () => agreesOn(around(type), type));
  }
  for (const activation of activationNames) {
    it(`${activation} behind dense and convolution`, () =>
      agreesOn(
        [
          { type: 'dense', units: 12, activation },
          { type: 'reshape', shape: [1, 3, 4] },
          { type: 'conv2d', filters: 2, kernel: 2, activation },
        ],
        activation,
      ));
  }
  for (const [title, stack] of Object.entries(options)) it(title, () => agreesOn(stack, title));
});

/** Typed over the union: a loss without one does not compile. */
const lossExamples: { readonly [Type in LossSpec['type']]: readonly Extract<LossSpec, { type: Type }>[] } = {
  mse: [{ type: 'mse' }],
  mae: [{ type: 'mae' }],
  huber: [{ type: 'huber' }],
  binaryCrossEntropy: [{ type: 'binaryCrossEntropy' }, { type: 'binaryCrossEntropy', fromLogits: false }],
  crossEntropy: [{ type: 'crossEntropy' }],
};

describe('what a model answers by its loss, as ONNX', () => {
  for (const loss of Object.values(lossExamples).flat()) {
    it(`${JSON.stringify(loss)}: the engine’s answer within 1e-4 + 1e-4 · |y|, and the likeliest class`, async () => {
      const { task } = losses[loss.type];
      const outputs = task === 'regression' ? 1 : 2;
      const ending: LayerSpec[] =
        loss.type === 'binaryCrossEntropy' && loss.fromLogits === false
          ? [{ type: 'dense', units: 1, activation: 'sigmoid' }]
          : [];
      const model: ModelSpec = { type: 'sequential', layers: [{ type: 'dense', units: 5 }, ...ending] };
      const { x, predict, onnx } = await trained({ task, inputs: 4, outputs }, { model, loss });
      const target = task === 'regression' ? inUnits : classesOf(outputs);
      const inputs = new Tensor('float32', x as Float32Array, [testRows, 4]);
      const answer = await runOnnx(onnx(matrixOf(4, target)), { inputs });
      const expected = predict(x);
      if (target.type === 'regression') {
        const inTarget = Array.from(expected, (scaled) => scaled * target.deviation + target.mean);
        assertAgrees(numbersOf(answer['value']), inTarget, loss.type);
        return;
      }
      const probabilities = numbersOf(answer['probabilities']);
      assertAgrees(probabilities, expected, loss.type);
      const likeliest = Array.from({ length: testRows }, (_, row) =>
        probabilities[2 * row]! >= probabilities[2 * row + 1]! ? 'class 0' : 'class 1',
      );
      assert.deepEqual(answer['label']!.data, likeliest);
      assert.equal(new Set(likeliest).size, 2);
    });
  }
});
