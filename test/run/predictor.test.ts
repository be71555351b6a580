/** How texts share the predict process, on a model of two letters that counts what is computed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TextModel } from '../../src/run/model-cache.js';
import type { PredictionReply } from '../../src/run/prediction-protocol.js';
import { BatchingPredictor } from '../../src/run/predictor.js';

const request = { prompt: 'a', temperature: 1, topP: 1, stop: [], seed: 1 };

function started() {
  const replies: PredictionReply[] = [];
  let computed = 0;
  let waiting: { enough(): boolean; resolve(): void } | null = null;
  const model: TextModel = {
    preparation: {
      kind: 'stream',
      task: 'languageModel',
      tokenizer: { type: 'character', special: ['unknown'], characters: 'ab' },
    },
    decoder: {
      context: 4,
      vocabulary: 3,
      begin: () => ({ length: 0, append: () => Float32Array.of(0, 0.5, ++computed && 0.5) }),
    },
    bytes: 0,
  };
  const predictor = new BatchingPredictor({ get: async () => model }, (reply) => {
    replies.push(reply);
    if (waiting?.enough()) waiting.resolve();
  });
  return {
    replies,
    computed: () => computed,
    cancel: (id: number) => predictor.add({ cancel: id }),
    generate: (id: number, maxTokens: number, streamed = true) =>
      predictor.add({
        id,
        model: { id: 'mdl', path: '', weights: 'best' },
        generate: { ...request, maxTokens },
        streamed,
      }),
    until: (enough: () => boolean) => new Promise<void>((resolve) => (waiting = { enough, resolve })),
  };
}

test('texts that are asked for together get their tokens in turn, and a short one its answer while a long one goes on', async () => {
  const { replies, generate, until } = started();
  generate(1, 100);
  generate(2, 100);
  generate(3, 10, false);
  const ended = (id: number) => replies.findIndex((reply) => reply.id === id && 'answer' in reply);
  await until(() => ended(1) >= 0 && ended(2) >= 0);
  const told = replies.filter((reply) => 'token' in reply).map(({ id }) => id);
  assert.equal(told.length, 200);
  const ahead = told.map((_, index) => told.slice(0, index).reduce((sum, id) => sum + (id === 1 ? 1 : -1), 0));
  assert.ok(
    ahead.every((lead) => Math.abs(lead) <= 1),
    ahead.join(),
  );
  assert.ok(ended(3) < 30, `the answer of 10 tokens is reply ${ended(3)}`);
});

test('a cancelled text is computed no further, also one that was cancelled before its model was there', async () => {
  const { replies, computed, generate, cancel, until } = started();
  const failed = (id: number) => replies.some((reply) => reply.id === id && 'failure' in reply);
  generate(1, 10_000);
  await until(() => replies.length === 5);
  cancel(1);
  await until(() => failed(1));
  assert.ok(computed() <= 6, `${computed()} computed`);

  const before = computed();
  generate(2, 10_000);
  cancel(2);
  await until(() => failed(2));
  assert.ok(computed() <= before + 1, `${computed() - before} computed`);
});
