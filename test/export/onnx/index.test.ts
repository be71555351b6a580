/** Every model as ONNX, held to the engine by onnxruntime on 1,000 rows. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Tensor } from 'onnxruntime-node';
import { encodeRawImages, type ImagesPreparation } from '../../../src/data/images/images.js';
import { tokenizerOf } from '../../../src/data/preparation.js';
import { prepareStream } from '../../../src/data/text/prepare-stream.js';
import type { TextsPreparation } from '../../../src/data/text/texts.js';
import { Draws } from '../../../src/engine/rng.js';
import type { ModelSpec } from '../../../src/engine/spec.js';
import { classesOf, matrixOf, testRows, trained, trainedOn } from './models.js';
import { assertAgrees, int64, numbersOf, runOnnx } from './run.js';

const transformer = { layers: 2, heads: 2, width: 16, context: 8 } as const;
const text = Buffer.from('to be or not to be, that is the question: '.repeat(40));
const split = { type: 'contiguous', validation: 0, test: 0 } as const;
const streamOf = (task: 'languageModel' | 'maskedLanguageModel') =>
  prepareStream(text, { tokenizer: { type: 'character' }, split }, { task, context: transformer.context });

function softmax(logits: readonly number[], classes: number): number[] {
  return logits.map((_, index) => {
    const row = logits.slice(index - (index % classes), index - (index % classes) + classes);
    const most = Math.max(...row);
    const sum = row.reduce((total, logit) => total + Math.exp(logit - most), 0);
    return Math.exp(logits[index]! - most) / sum;
  });
}

/** Windows of random tokens of a vocabulary, from `first` on. */
function windows(vocabulary: number, first: number): Int32Array {
  const draws = new Draws(22, 0xff00_0000);
  return Int32Array.from({ length: testRows * transformer.context }, () => first + draws.integer(vocabulary - first));
}

async function tokensAgree(task: 'languageModel' | 'maskedLanguageModel', model: ModelSpec) {
  const prepared = streamOf(task);
  const { shape, data } = prepared;
  const { predict, onnx } = await trainedOn({ shape, data }, { model });
  const file = onnx(prepared.preparation);
  const x = windows(shape.outputs, 0);
  const dims = [testRows, transformer.context];
  const { logits } = await runOnnx(file, {
    input_ids: int64(x, dims),
    attention_mask: int64(
      x.map(() => 1),
      dims,
    ),
  });
  const expected = predict(x);
  assertAgrees(softmax(numbersOf(logits), shape.outputs), expected, model.type);
  return { file, x, expected, classes: shape.outputs };
}

/** Typed over the union: a model without one does not compile. */
const models: { readonly [Type in ModelSpec['type']]: () => Promise<void> } = {
  async mlp() {
    const model: ModelSpec = { type: 'mlp', hidden: [7, 5], activation: 'gelu', dropout: 0.2 };
    const sizes = { task: 'classification', inputs: 6, outputs: 3 } as const;
    const { x, predict, onnx } = await trained(sizes, { model });
    const inputs = new Tensor('float32', x as Float32Array, [testRows, 6]);
    const { probabilities } = await runOnnx(onnx(matrixOf(6, classesOf(3))), { inputs });
    assertAgrees(numbersOf(probabilities), predict(x), 'mlp');
  },
  async sequential() {
    const shape = [1, 5, 6];
    const model: ModelSpec = {
      type: 'sequential',
      inputShape: shape,
      layers: [
        { type: 'conv2d', filters: 3, kernel: 3, padding: 1, activation: 'relu' },
        { type: 'maxPool2d', kernel: 2 },
      ],
    };
    const { predict, onnx } = await trained({ task: 'classification', inputs: 30, outputs: 2 }, { model });
    const preparation: ImagesPreparation = {
      ...{ kind: 'images', shape, mean: 0.3, deviation: 0.2, inputs: 30 },
      target: classesOf(2),
    };
    const draws = new Draws(23, 0xff00_0000);
    const levels = Uint8Array.from({ length: testRows * 30 }, () => draws.integer(256));
    const rows = Array.from({ length: testRows }, (_, row) => ({
      image: Array.from({ length: 5 }, (_, y) => [...levels.subarray(row * 30 + y * 6, row * 30 + y * 6 + 6)]),
    }));
    const image = new Tensor('uint8', levels, [testRows, ...shape]);
    const { probabilities } = await runOnnx(onnx(preparation, true), { image });
    assertAgrees(numbersOf(probabilities), predict(encodeRawImages(preparation, rows)), 'sequential');
  },
  async gpt() {
    await tokensAgree('languageModel', { type: 'gpt', ...transformer });
  },
  async bert() {
    await tokensAgree('maskedLanguageModel', { type: 'bert', ...transformer });
  },
};

describe('models as ONNX give what the engine does within 1e-4 + 1e-4 · |y| on 1,000 rows', () => {
  for (const [type, agrees] of Object.entries(models)) it(type, agrees);

  for (const pooling of ['class', 'mean'] as const) {
    it(`bert that tells classes of padded texts by ${pooling}`, async () => {
      const tokens = { vocabulary: 11, targets: 'row', padding: 0 } as const;
      const inputs = transformer.context;
      const model: ModelSpec = { type: 'bert', ...transformer, pooling };
      const { x, predict, onnx } = await trained({ task: 'classification', inputs, outputs: 3, tokens }, { model });
      const tokenizer = tokenizerOf(streamOf('languageModel').preparation);
      const texts: TextsPreparation = {
        ...{ kind: 'texts', column: 'text', tokenizer, unused: [], inputs },
        target: classesOf(3),
      };
      const dims = [testRows, inputs];
      const mask = x.map((token) => Number(token !== 0));
      const feeds = { input_ids: int64(x, dims), attention_mask: int64(mask, dims) };
      const { probabilities } = await runOnnx(onnx(texts, true), feeds);
      assertAgrees(numbersOf(probabilities), predict(x), pooling);
    });
  }

  it('gpt on rows that are shorter than its context: what it says of a position follows from those before it', async () => {
    const { file, x, expected, classes } = await tokensAgree('languageModel', { type: 'gpt', ...transformer });
    const [time, context] = [3, transformer.context];
    const begun = x.filter((_, at) => at % context < time);
    const dims = [testRows, time];
    const { logits } = await runOnnx(file, {
      input_ids: int64(begun, dims),
      attention_mask: int64(
        begun.map(() => 1),
        dims,
      ),
    });
    const prefix = expected.filter((_, at) => at % (context * classes) < time * classes);
    assertAgrees(softmax(numbersOf(logits), classes), prefix, 'prefix');
  });

  it('gpt passes over what the mask hides', async () => {
    const { file, x, classes } = await tokensAgree('languageModel', { type: 'gpt', ...transformer });
    const context = transformer.context;
    const dims = [testRows, context];
    const mask = int64(
      x.map((_, at) => Number(at % context > 0)),
      dims,
    );
    const others = x.map((token, at) => (at % context === 0 ? (token + 1) % classes : token));
    const [one, other] = await Promise.all(
      [x, others].map(async (ids) => {
        const { logits } = await runOnnx(file, { input_ids: int64(ids, dims), attention_mask: mask });
        return numbersOf(logits).filter((_, at) => at % (context * classes) >= classes);
      }),
    );
    assert.deepEqual(one, other);
  });
});
