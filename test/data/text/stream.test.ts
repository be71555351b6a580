/** One text as a stream: where it is cut, what is planned of it, and what the run then has. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { resolveDataset } from '../../../src/data/resolve-dataset.js';
import { countText } from '../../../src/data/text/count-text.js';
import { prepareStream } from '../../../src/data/text/prepare-stream.js';
import { cutStream, type TextTask } from '../../../src/data/text/stream.js';
import { openTokenizer } from '../../../src/data/text/tokenizer.js';
import { fillDefaults, ModelSpec, type ResolvedModelSpec } from '../../../src/engine/index.js';
import type { ResolvedTextSpec } from '../../../src/schemas/dataset-spec.js';
import { assertRefused } from '../support.js';

test('the splits follow one another and are the whole; of 1,115,394 characters, 90 % are the first 1,003,854', () => {
  assert.deepEqual(cutStream(1_115_394, { type: 'contiguous', validation: 0.1, test: 0 }), {
    ...{ train: 1_003_854, validation: 111_540, test: 0 },
  });
  const share = fc.integer({ min: 0, max: 49 }).map((percent) => percent / 100);
  fc.assert(
    fc.property(fc.nat(1_000_000), share, share, (length, validation, test) => {
      const cut = cutStream(length, { type: 'contiguous', validation, test });
      assert.equal(cut.train + cut.validation + cut.test, length);
      for (const [part, wanted] of [
        [cut.validation, validation],
        [cut.test, test],
      ] as const) {
        assert.ok(Math.abs(part - wanted * length) <= 1, `${part} of ${length} for ${wanted}`);
      }
    }),
  );
});

test('a plan has the rows and tokens that the run has, and at least its vocabulary; training fits nothing of validation', () => {
  const text = Buffer.from(`${'the same. '.repeat(30)}Völlig anders 🎭 und länger als vorher`);
  const contents = { kind: 'text', ...countText(text), textBytes: text.length } as const;
  for (const type of ['character', 'byte'] as const) {
    for (const modelType of ['gpt', 'bert'] as const) {
      const model = fillDefaults(ModelSpec, { type: modelType, context: 8 }) as ResolvedModelSpec;
      const dataset = { id: 'ds_00000000000000000000000000', tokenizer: { type } };
      const { task, shape, dataset: spec } = resolveDataset(contents, { dataset, task: 'auto', model });
      const prepared = prepareStream(text, spec as ResolvedTextSpec, { task: task as TextTask, context: 8 });
      const { vocabulary, ...tokens } = prepared.shape.tokens!;
      const { vocabulary: planned, ...plannedTokens } = shape.tokens!;
      assert.deepEqual([prepared.shape.rows, tokens], [shape.rows, plannedTokens]);
      assert.ok(vocabulary <= planned, `${vocabulary} of ${planned}`);
      assert.equal(prepared.shape.outputs, vocabulary);
      const { train, validation } = prepared.data;
      assert.deepEqual([train.x.length, validation.x.length], [tokens.stream?.train, tokens.stream?.validation]);
      // "🎭" is no character of training
      assert.equal(validation.x.includes(0), type === 'character', 'unknown');
    }
  }
});

test('byte pairs of a text are fitted to what trains, no more than planned, and whole characters in each part', () => {
  const text = Buffer.from('größer als groß, '.repeat(200));
  const contents = { kind: 'text', ...countText(text), textBytes: text.length } as const;
  const model = fillDefaults(ModelSpec, { type: 'gpt', context: 8 }) as ResolvedModelSpec;
  const dataset = { id: 'ds_00000000000000000000000000', tokenizer: { type: 'bpe', vocabularySize: 300 } } as const;
  const { task, shape, dataset: spec } = resolveDataset(contents, { dataset, task: 'auto', model });
  const prepared = prepareStream(text, spec as ResolvedTextSpec, { task: task as TextTask, context: 8 });
  assert.ok(prepared.preparation.kind === 'stream' && prepared.preparation.tokenizer.type === 'bpe');
  const { decode, vocabulary } = openTokenizer(prepared.preparation.tokenizer);
  const { train, validation, test } = prepared.data;
  assert.equal([train, validation, test].map(({ x }) => decode([...x])).join(''), text.toString());
  assert.ok(vocabulary <= 300 && shape.tokens?.vocabulary === 300);
  assert.ok(prepared.shape.rows.train > 0 && prepared.shape.rows.train <= shape.rows.train);
  assert.ok(train.x.length < text.length / 4, `${train.x.length} tokens`);
});

test('a text of which byte pairs leave too little for a window is refused when it is prepared', async () => {
  const text = Buffer.from('abcdefgh '.repeat(30));
  const split = { type: 'contiguous', validation: 0.1, test: 0 } as const;
  const tokenizer = { type: 'bpe', vocabularySize: 300 } as const;
  const prepare = async () => prepareStream(text, { tokenizer, split }, { task: 'languageModel', context: 20 });
  await assertRefused(prepare, 'text_too_short', {
    path: '/dataset/split',
    expected: 'more than 20 tokens in each part',
  });
});
