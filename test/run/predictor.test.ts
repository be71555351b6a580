/** How texts share the predict process, on a model of two letters that counts what is computed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TextModel } from '../../src/run/model-cache.js';
import type { PredictionReply } from '../../src/run/prediction-protocol.js';
import { BatchingPredictor } from '../../src/run/predictor.js';

const request = { prompt: 'a', temperature: 1, topP: 1, stop: [], seed: 1 };

/** Tokens that a text gets in a turn, and texts that are written at once. */
const [turn, atOnce] = [8, 4];

function started({ load = async () => {}, context = 4 } = {}) {
  const replies: PredictionReply[] = [];
  let computed = 0;
  let [begun, open, mostOpen, switches] = [0, 0, 0, 0];
  let last = 0;
  let waiting: { enough(): boolean; resolve(): void } | null = null;
  const model: TextModel = {
    preparation: {
      kind: 'stream',
      task: 'languageModel',
      tokenizer: { type: 'character', special: ['unknown'], characters: 'ab' },
    },
    decoder: {
      context,
      vocabulary: 3,
      begin() {
        const text = ++begun;
        mostOpen = Math.max(mostOpen, ++open);
        return {
          length: 0,
          append() {
            if (text !== last) switches++;
            last = text;
            return Float32Array.of(0, 0.5, ++computed && 0.5);
          },
          close: () => void open--,
        };
      },
    },
    bytes: 0,
  };
  const predictor = new BatchingPredictor({ get: () => load().then(() => model) }, (reply) => {
    replies.push(reply);
    if (waiting?.enough()) waiting.resolve();
  });
  return {
    replies,
    computed: () => computed,
    texts: () => ({ open, mostOpen, switches }),
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

test('texts that are asked for together get their tokens in turns of eight, and a short one its answer while a long one goes on', async () => {
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
    ahead.every((lead) => Math.abs(lead) <= turn),
    ahead.join(),
  );
  assert.ok(ended(3) < 5 * turn, `the answer of 10 tokens is reply ${ended(3)}`);
});

test('a cancelled text is computed no further, also one that was cancelled before its model was there', async () => {
  const { replies, computed, generate, cancel, until } = started();
  const failed = (id: number) => replies.some((reply) => reply.id === id && 'failure' in reply);
  generate(1, 10_000);
  await until(() => replies.length === 5);
  cancel(1);
  await until(() => failed(1));
  assert.ok(computed() <= turn + 1, `${computed()} computed`);

  const before = computed();
  generate(2, 10_000);
  cancel(2);
  await until(() => failed(2));
  assert.ok(computed() <= before + 1, `${computed() - before} computed`);
});

test('no more than four texts are open at once, and none when all have ended: the others follow in their order', async () => {
  const { replies, texts, generate, cancel, until } = started();
  for (let id = 1; id <= 10; id++) generate(id, 20, false); // of the context of 4 tokens each begins anew again and again
  cancel(6);
  const answered = () => replies.filter((reply) => 'answer' in reply).map(({ id }) => id);
  await until(() => answered().length === 9);
  assert.deepEqual(answered(), [1, 2, 3, 4, 5, 7, 8, 9, 10]);
  const { open, mostOpen } = texts();
  assert.deepEqual([open, mostOpen], [0, atOnce]);
});

test('one text makes room for another once in eight tokens', async () => {
  const { replies, computed, texts, generate, until } = started({ context: 100 });
  generate(1, 3 * turn, false);
  generate(2, 3 * turn, false);
  await until(() => replies.length === 2);
  assert.deepEqual([computed(), texts().switches], [6 * turn, 6]);
});

test('a text whose model cannot be loaded gives its place to the next', async () => {
  const { replies, generate, until } = started({ load: () => Promise.reject(new Error('gone')) });
  for (let id = 1; id <= 3 * atOnce; id++) generate(id, 5);
  await until(() => replies.length === 3 * atOnce);
  assert.ok(replies.every((reply) => 'failure' in reply && reply.failure.message === 'gone'));
});
