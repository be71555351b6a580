/** Text over HTTP: language models that go on from a prompt, masked ones, and classes of texts. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Dataset } from '../../src/schemas/dataset.js';
import type { GenerateResponse } from '../../src/schemas/generate.js';
import type { Job } from '../../src/schemas/job.js';
import type { Model, Prediction } from '../../src/schemas/run.js';
import type { Tokenizer } from '../../src/schemas/tokenizer.js';
import type { Problem } from './problem-body.js';
import { csv, startApi, type TestApi } from './support.js';
import { ask, startConsumer, train, upload } from './training.js';

let api: TestApi;
let base: string;
let alphabet: Dataset;
let notes: Dataset;
let language: Job;
let masked: Job;
let classes: Job;
let pairs: Job;

const tiny = { layers: 1, heads: 2, width: 32, context: 16, dropout: 0 };
const word = (row: number) => ['amber', 'birch', 'cedar', 'delta', 'ember', 'fjord', 'grove'][row % 7]!;

before(async () => {
  api = await startApi({ LOG_LEVEL: 'error' });
  base = await api.app.listen({ host: '127.0.0.1', port: 0 });
  startConsumer(api);
  const file = { name: 'file', content: 'abcdefghijklmnopqrstuvwxyz→'.repeat(60), fileName: 'alphabet.txt' };
  alphabet = await upload(api, file);
  // of the class "up" where a row shouts; each text differs, so that the column is text
  const rows = Array.from({ length: 120 }, (_, row) => {
    const text = `${word(row)} ${word(row + (row % 5))} ${row}`;
    return row % 2 ? `${text.toUpperCase()},${row},up` : `${text},${row},down`;
  });
  notes = await upload(api, csv(['note,n,tone', ...rows].join('\n')));
  const training = { steps: 300, batchSize: 16, sampling: 'randomWindows' };
  const optimizer = { type: 'adamw', learningRate: 0.01 };
  language = await train(api, { dataset: { id: alphabet.id }, model: { type: 'gpt', ...tiny }, training, optimizer });
  masked = await train(api, {
    dataset: {
      id: alphabet.id,
      tokenizer: { type: 'byte' },
      split: { type: 'contiguous', validation: 0.2, test: 0.1 },
    },
    model: { type: 'bert', ...tiny },
    training: { steps: 20 },
  });
  classes = await train(api, {
    dataset: { id: notes.id, target: 'tone' },
    model: { type: 'bert', ...tiny },
    training: { epochs: 20 },
    optimizer: { type: 'adamw', learningRate: 0.003 },
  });
  pairs = await train(api, {
    dataset: { id: alphabet.id, tokenizer: { type: 'bpe', vocabularySize: 262 } },
    model: { type: 'gpt', ...tiny },
    training: { ...training, steps: 100 },
    optimizer,
  });
});

const textOf = (response: { json(): unknown }) => (response.json() as GenerateResponse).text;

test('a language model of the alphabet is stored with what was chosen for it, and foresees at least 99 % of letters', () => {
  const { task, dataset } = language.spec;
  assert.deepEqual(
    [task, dataset],
    [
      'languageModel',
      {
        id: alphabet.id,
        tokenizer: { type: 'character' },
        split: { type: 'contiguous', validation: 0.1, test: 0 },
      },
    ],
  );
  const { accuracy, perplexity } = language.result?.metrics.validation?.values ?? {};
  assert.ok(Number(accuracy) >= 0.99, String(accuracy));
  assert.ok(Number(perplexity) < 1.1, String(perplexity));
  assert.equal(language.result?.metrics.test, null);
});

test('it goes on with the alphabet from a prompt shorter or longer than its context', async () => {
  for (const prompt of ['mn', 'abcdefghijklmnopqrstuvwxyz→abcdefghijklmn']) {
    const response = await ask(api, language, 'generate', { prompt, maxTokens: 20, temperature: 0 });
    assert.equal(response.statusCode, 200, response.body);
    const { text, tokens, finishReason } = response.json<GenerateResponse>();
    assert.deepEqual([text, tokens.length, finishReason], ['opqrstuvwxyz→abcdefg', 20, 'maxTokens']);
  }
});

test('the same request gives the same text, another seed another one, and of one candidate each gives the likeliest', async () => {
  const hot = { prompt: 'a', maxTokens: 40, temperature: 5, seed: 1 };
  const [first, again, other] = await Promise.all(
    [hot, hot, { ...hot, seed: 2 }].map((body) => ask(api, language, 'generate', body)),
  );
  assert.equal(textOf(first!), textOf(again!));
  assert.notEqual(textOf(first!), textOf(other!));
  const single = await ask(api, language, 'generate', { ...hot, topK: 1 });
  const likeliest = await ask(api, language, 'generate', { ...hot, temperature: 0 });
  assert.equal(textOf(single), textOf(likeliest));
});

test('a character beyond the vocabulary is 422 and named; bounds are 400', async () => {
  const beyond = await ask(api, language, 'generate', { prompt: 'ab🎭' });
  const { code, errors } = beyond.json<Problem>();
  assert.deepEqual(
    [beyond.statusCode, code, errors?.[0]?.path, errors?.[0]?.got],
    [...[422, 'invalid_prompt', '/prompt', '"🎭" at character 2']],
  );
  const fields = [{ temperature: -1 }, { maxTokens: 1e9 }, { topK: 0 }, { topP: 0 }, { topP: 1.5 }, { topP: null }];
  const stops = ['a', [''], [1], Array.from({ length: 9 }, () => 'a')].map((stop) => ({ stop }));
  const bodies = [
    { prompt: '' },
    { prompt: 1 },
    {},
    ...[...fields, ...stops].map((field) => ({ prompt: 'a', ...field })),
  ];
  for (const body of bodies) {
    assert.equal((await ask(api, language, 'generate', body)).statusCode, 400, JSON.stringify(body));
  }
});

test('a text ends before a stop, also one of several tokens, and from the nucleus of the likeliest it is the likeliest', async () => {
  const body = { prompt: 'mn', maxTokens: 20, topP: 0.01, stop: ['stx', 'tuv'] };
  const response = await ask(api, language, 'generate', body);
  const { text, tokens, finishReason } = response.json<GenerateResponse>();
  assert.deepEqual([text, tokens.length, finishReason], ['opqrs', 'opqrstuv'.length, 'stop']);
});

/** `inject` has no socket to wait for: the stream is read over a real one. */
async function streamed({ result }: Job, payload: object) {
  const response = await fetch(`${base}/v1/models/${result?.modelId}/generate`, {
    method: 'POST',
    headers: { accept: 'text/event-stream', 'content-type': 'application/json' },
    body: JSON.stringify(payload),
  });
  const frames = (await response.text()).split('\n\n').slice(0, -1);
  const events = frames.map((frame) => /^event: (.*)\ndata: (.*)$/.exec(frame)!.slice(1) as [string, string]);
  return { response, events: events.map(([event, data]) => ({ event, data: JSON.parse(data) })) };
}

test('streamed, each token is told, their texts make the text, and the last event is the answer of the same request', async () => {
  for (const [job, body] of [
    [language, { prompt: 'mn', maxTokens: 20, stop: ['wx', 'y'], temperature: 0 }],
    [pairs, { prompt: 'yz', maxTokens: 12, temperature: 2 }],
  ] as const) {
    const { response, events } = await streamed(job, body);
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('content-type'), 'text/event-stream; charset=utf-8');
    assert.equal(response.headers.get('vary'), 'accept');
    const answer = (await ask(api, job, 'generate', body)).json<GenerateResponse>();
    assert.deepEqual(events.at(-1), { event: 'done', data: answer });
    const told = events.slice(0, -1);
    assert.ok(told.every(({ event }) => event === 'token'));
    assert.deepEqual(
      told.map(({ data }) => data.token),
      answer.tokens,
    );
    assert.equal(told.map(({ data }) => data.text).join(''), answer.text);
  }
});

test('what cannot be streamed is refused by its status', async () => {
  for (const [job, prompt, status] of [
    [language, '🎭', 422],
    [classes, 'a', 409],
  ] as const) {
    assert.equal((await streamed(job, { prompt })).response.status, status);
  }
});

test('a model of byte pairs goes on from any prompt, in whole letters', async () => {
  const response = await ask(api, pairs, 'generate', {
    prompt: 'qrstuvwxyz→abcdefghijklmn',
    maxTokens: 3,
    temperature: 0,
  });
  assert.equal(response.statusCode, 200, response.body);
  assert.match(response.json<GenerateResponse>().text, /^opq/);
  assert.equal((await ask(api, pairs, 'generate', { prompt: '🎭 ß', maxTokens: 3 })).statusCode, 200);
});

test('vocabularies are read: characters, bytes, and byte pairs with their merges', async () => {
  const read = async ({ result }: Job) => {
    const response = await api.inject({ url: `/v1/models/${result?.modelId}/tokenizer` });
    assert.equal(response.statusCode, 200, response.body);
    return response.json<Tokenizer>();
  };
  const characters = await read(language);
  assert.deepEqual([characters.specialTokens, characters.merges], [{ unknown: 0 }, []]);
  assert.deepEqual([characters.vocab['a'], characters.vocab['→']], [1, 27]);
  const bytes = await read(masked);
  assert.deepEqual([bytes.specialTokens, Object.keys(bytes.vocab).length], [{ mask: 0 }, 256]);
  assert.deepEqual([bytes.vocab['a'], bytes.vocab['Ġ']], [1 + 0x61, 1 + 0x20]);
  const merged = await read(pairs);
  assert.deepEqual([merged.specialTokens, merged.merges.length, Object.keys(merged.vocab).length], [{}, 6, 262]);
  assert.deepEqual(merged.vocab[merged.merges[0]!.replace(' ', '')], 256);
  assert.deepEqual((await read(classes)).specialTokens, { padding: 0, unknown: 1, class: 2 });
});

test('a masked language model is trained on a text by default of bert, and asked for nothing', async () => {
  assert.equal(masked.spec.task, 'maskedLanguageModel');
  assert.ok(Number(masked.result?.metrics.test?.values['loss']) < Math.log(257));
  for (const [use, payload] of [
    ['predict', { rows: [{}] }],
    ['generate', { prompt: 'a' }],
  ] as const) {
    const response = await ask(api, masked, use, payload);
    assert.deepEqual([response.statusCode, response.json<Problem>().code], [409, 'unsuitable_model']);
  }
});

test('each use of a model that is another’s is 409 with the one that is its own as the hint', async () => {
  const predicted = await ask(api, language, 'predict', { rows: [{ text: 'a' }] });
  const generated = await ask(api, classes, 'generate', { prompt: 'a' });
  assert.deepEqual([predicted.statusCode, generated.statusCode], [409, 409]);
  assert.match(predicted.json<Problem>().hint ?? '', /\/generate$/);
  assert.match(generated.json<Problem>().hint ?? '', /\/predict$/);
});

test('texts of a table are told apart, at least 90 % of the test split; their column was found', async () => {
  assert.deepEqual(classes.spec.dataset, {
    ...{ id: notes.id, target: 'tone', text: 'note', tokenizer: { type: 'character' } },
    split: { type: 'random', validation: 0.2, test: 0.2, stratify: true, folds: null },
    duplicates: { type: 'keep' },
    balance: { type: 'none' },
  });
  assert.ok(
    Number(classes.result?.metrics.test?.values['accuracy']) >= 0.9,
    JSON.stringify(classes.result?.metrics.test),
  );
  const model = (await api.inject({ url: `/v1/models/${classes.result?.modelId}` })).json<Model>();
  assert.deepEqual([model.features, model.classes], [[{ name: 'note', type: 'text' }], ['down', 'up']]);
});

test('raw texts are predicted; other columns may stand beside them, and what is no text is refused', async () => {
  const rows = [
    { note: '  CEDAR GROVE 7 ' },
    { note: 'cedar grove 7', n: 3, tone: 'up' },
    { note: null },
    {},
    { note: 'ß'.repeat(99) },
  ];
  const response = await ask(api, classes, 'predict', { rows });
  assert.equal(response.statusCode, 200, response.body);
  const { predictions } = response.json<{ predictions: Prediction[] }>();
  assert.deepEqual(
    predictions.slice(0, 2).map((prediction) => prediction.class),
    ['up', 'down'],
  );
  assert.deepEqual(predictions[2], predictions[3], 'null is absent');
  for (const [row, path] of [
    [{ note: 7 }, '/rows/1/note'],
    [{ nota: 'x' }, '/rows/1/nota'],
  ] as const) {
    const refused = await ask(api, classes, 'predict', { rows: [{}, row] });
    assert.deepEqual([refused.statusCode, refused.json<Problem>().errors?.[0]?.path], [422, path]);
  }
});

const refused: Record<string, [spec: () => object, path: string, code: string]> = {
  'a target of a text': [
    () => ({ dataset: { id: alphabet.id, target: 'a' }, model: { type: 'gpt' } }),
    '/dataset/target',
    'unsuitable_field',
  ],
  'a random split of a text': [
    () => ({ dataset: { id: alphabet.id, split: { type: 'random' } }, model: { type: 'gpt' } }),
    '/dataset/split/type',
    'unsuitable_field',
  ],
  'an mlp on a text': [
    () => ({ dataset: { id: alphabet.id }, model: { type: 'mlp' } }),
    '/model/type',
    'unsuitable_model',
  ],
  'a classification of a text': [
    () => ({ task: 'classification', dataset: { id: alphabet.id }, model: { type: 'gpt' } }),
    '/task',
    'unsuitable_task',
  ],
  'a context longer than a part of the text': [
    () => ({ dataset: { id: alphabet.id }, model: { type: 'gpt', context: 200 } }),
    '/dataset/split',
    'text_too_short',
  ],
  'shares of a text that leave nothing': [
    () => ({
      dataset: { id: alphabet.id, split: { type: 'contiguous', validation: 0.5, test: 0.5 } },
      model: { type: 'gpt' },
    }),
    '/dataset/split',
    'invalid_split',
  ],
  'a gpt on a table': [
    () => ({ dataset: { id: notes.id, target: 'tone' }, model: { type: 'gpt' } }),
    '/model/type',
    'unsuitable_model',
  ],
  'a tokenizer for an mlp': [
    () => ({ dataset: { id: notes.id, target: 'tone', tokenizer: { type: 'byte' } }, model: { type: 'mlp' } }),
    '/dataset/tokenizer',
    'unsuitable_field',
  ],
  'a number for a text column': [
    () => ({ dataset: { id: notes.id, target: 'tone', text: 'n' }, model: { type: 'bert' } }),
    '/dataset/text',
    'unsuitable_column',
  ],
  'a language model of a table': [
    () => ({ task: 'languageModel', dataset: { id: notes.id, target: 'tone' }, model: { type: 'mlp' } }),
    '/task',
    'unsuitable_task',
  ],
  'random windows of rows': [
    () => ({
      dataset: { id: notes.id, target: 'tone' },
      model: { type: 'bert' },
      training: { sampling: 'randomWindows' },
    }),
    '/training/sampling',
    'invalid_spec',
  ],
};
for (const [title, [spec, path, code]] of Object.entries(refused)) {
  test(`${title} is 422 ${code} at ${path}`, async () => {
    const response = await api.inject({ method: 'POST', url: '/v1/jobs/plan', payload: spec() });
    assert.equal(response.statusCode, 422, response.body);
    const [error] = response.json<Problem>().errors ?? [];
    assert.deepEqual([error?.path, error?.code], [path, code]);
    assert.ok(error?.expected !== undefined && error.got !== undefined, response.body);
  });
}
