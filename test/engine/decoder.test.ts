/** Going on with texts from what is kept of them: the probabilities of whole windows, whatever the pieces. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createDecoder } from '../../src/engine/decoder.js';
import type { LayerSpec } from '../../src/engine/layers/index.js';
import { createPredictor } from '../../src/engine/predict.js';
import type { EngineSpec } from '../../src/engine/spec.js';
import { backends } from './backends.js';
import { record, sums } from './runs.js';

const context = 40; // more than a block of causal queries
const vocabulary = 7;
const model = { type: 'gpt', layers: 2, heads: 2, width: 32, context } as const;

for (const kernels of backends) {
  describe(`decoding on ${kernels.name}`, () => {
    const problem = sums(vocabulary, context, { train: 64, validation: 0, test: 0 });
    const tokens = [...(problem.data.train.x.subarray(0, context) as Int32Array)];
    const trained = async (bias: boolean) => {
      const spec: EngineSpec = {
        model: { ...model, bias, tied: bias },
        training: { steps: 5, batchSize: 8 },
        optimizer: { type: 'adamw', learningRate: 0.1 },
      };
      const { checkpoints } = await record(problem, spec, { kernels });
      return checkpoints.at(-1)!.bytes;
    };

    it('gives the log-probabilities of the whole window within 1e-4 over a whole context, token by token and in pieces', async () => {
      for (const bias of [true, false]) {
        const checkpoint = await trained(bias);
        const whole = (await createPredictor(checkpoint, kernels)).predict(Int32Array.from(tokens), 1);
        const decoder = await createDecoder(checkpoint, kernels);
        assert.deepEqual([decoder.context, decoder.vocabulary], [context, vocabulary]);
        for (const lengths of [[1], [5, 1, 1, 33], [context], [2, 35, 1]]) {
          const text = decoder.begin();
          for (let piece = 0; text.length < context; piece++) {
            const end = text.length + (lengths[piece] ?? 1);
            const got = text.append(tokens.slice(text.length, end));
            assert.equal(text.length, end);
            for (let token = 0; token < vocabulary; token++) {
              const expected = Math.log(whole[(end - 1) * vocabulary + token]!);
              const difference = Math.abs(Math.log(got[token]!) - expected);
              assert.ok(difference <= 1e-4, `bias ${bias}, position ${end - 1}, token ${token}: ${difference}`);
            }
          }
        }
      }
    });

    it('gives texts that take turns the bits that each gets alone', async () => {
      const decoder = await createDecoder(await trained(true), kernels);
      const texts = [tokens, tokens.toReversed(), tokens.map((token) => (token + 1) % vocabulary)];
      const alone = texts.map((text) => {
        const open = decoder.begin();
        return text.map((token) => [...open.append([token])]);
      });
      const open = texts.map(() => decoder.begin());
      const taken: number[][][] = texts.map(() => []);
      for (let position = 0; position < context; position++) {
        texts.forEach((text, index) => {
          if ((position + index) % 3 === 0 && position > 0) return; // unevenly
          taken[index]!.push([...open[index]!.append([text[taken[index]!.length]!])]);
        });
        const given = decoder.begin(); // up again at once, whichever text it came after
        given.append(tokens.slice(0, 5));
        given.close();
      }
      taken.forEach((answers, index) => {
        assert.ok(answers.length > context / 2);
        assert.deepEqual(answers, alone[index]!.slice(0, answers.length));
      });
    });
  });
}

it('of another stack that sees nothing ahead gives the same as its whole window', async () => {
  const kernels = backends.at(-1)!;
  const problem = sums(vocabulary, context, { train: 16, validation: 0, test: 0 });
  const layers: LayerSpec[] = [
    { type: 'embedding', vocabulary, width: 16 },
    { type: 'positionEmbedding', context },
    { type: 'attention', heads: 2, causal: true },
    { type: 'unembedding', vocabulary },
  ];
  const spec: EngineSpec = { model: { type: 'sequential', layers }, training: { steps: 3, batchSize: 8 } };
  const bytes = (await record(problem, spec, { kernels })).checkpoints.at(-1)!.bytes;
  const tokens = [...(problem.data.train.x.subarray(0, context) as Int32Array)];
  const whole = (await createPredictor(bytes, kernels)).predict(Int32Array.from(tokens), 1);
  const text = (await createDecoder(bytes, kernels)).begin();
  for (const end of [1, 7, context]) {
    const got = text.append(tokens.slice(text.length, end));
    assert.deepEqual([...got], [...whole.subarray((end - 1) * vocabulary, end * vocabulary)]);
  }
  assert.throws(() => text.append([0]), { name: 'RangeError' });
});

it('refuses tokens beyond the context or the vocabulary', async () => {
  const [kernels] = backends;
  const problem = sums(vocabulary, context, { train: 8, validation: 0, test: 0 });
  const { checkpoints } = await record(problem, { model, training: { steps: 1, batchSize: 8 } }, { kernels: kernels! });
  const text = (await createDecoder(checkpoints.at(-1)!.bytes, kernels!)).begin();
  assert.throws(() => text.append([0, vocabulary]), { code: 'invalid_data', message: /from 0 to 6, got 7/ });
  text.append(Array.from({ length: context }, () => 0));
  assert.throws(() => text.append([0]), { name: 'RangeError', message: /at most 40 tokens, got 41/ });
});
