/** Byte pair encoding: merges by definition, words however a text is sliced, and any text back. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { bpeTokenizers } from '../../../src/data/text/tokenizers/bpe.js';
import { codePointsOf } from '../../../src/data/text/tokenizers/character.js';
import { MaxHeap } from '../../../src/data/text/tokenizers/max-heap.js';
import { wordsOf } from '../../../src/data/text/tokenizers/words.js';
import { goldenCases } from '../../engine/golden.js';

const unitsOf = (text: string) => codePointsOf(Buffer.from(text));
const fit = (vocabularySize: number, ...texts: string[]) =>
  bpeTokenizers.fit({ type: 'bpe', vocabularySize }, [], texts.map(unitsOf));

test('merges, and the tokens of the texts that they were learnt from, are those of the definition', () => {
  const cases = goldenCases<{ texts: string[]; most: number; merges: number[][]; tokens: number[] }>('bpe.json');
  for (const { texts, most, merges, tokens } of cases) {
    const fitted = fit(256 + most, ...texts);
    assert.deepEqual(fitted.merges, merges);
    const { encode, count } = bpeTokenizers.open(fitted);
    assert.equal(count, 256 + merges.length);
    assert.deepEqual(
      texts.flatMap((text) => [...encode(unitsOf(text))]),
      tokens,
    );
  }
  assert.equal(cases.length, 6);
});

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.string({
    unit: fc.constantFrom('a', 'b', ' ', '\n', '1', '.', 'é', '一', '🎭', '\u0301', '\u00a0'),
    maxLength: 400,
  }),
);

test('words are the text, whatever the slices that it is read in', () => {
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 200 }), (content, slice) => {
      const words = [...wordsOf(unitsOf(content), slice)];
      assert.equal(words.join(''), content);
      assert.deepEqual(words, [...wordsOf(unitsOf(content))]);
      for (const word of words) assert.ok([...word].length <= 101);
    }),
  );
  assert.deepEqual([...wordsOf(unitsOf('one  2 three..\n\nx'))], ['one', ' ', ' 2', ' three', '..', '\n', '\n', 'x']);
});

test('a text that was not trained on has tokens and decodes to itself; merges shorten what repeats', () => {
  fc.assert(
    fc.property(text, text, (trained, other) => {
      const { encode, decode } = bpeTokenizers.open(JSON.parse(JSON.stringify(fit(300, trained))));
      assert.equal(decode([...encode(unitsOf(other))]), other);
    }),
  );
  const bytes = bpeTokenizers.open(fit(256));
  const long = '一é'.repeat(3000); // three bytes and two
  assert.equal(bytes.encode(unitsOf(long)).length, 15_000);
  assert.equal(bytes.decode([...bytes.encode(unitsOf(long))]), long);
  const { encode } = bpeTokenizers.open(fit(270, 'lower '.repeat(20)));
  assert.equal(encode(unitsOf('lower lower')).length, 2);
});

test('a run of 100,000 letters is 1,000 words, so that no word is costly', () => {
  const run = 'ab'.repeat(50_000);
  assert.equal([...wordsOf(unitsOf(run))].length, 1000);
  assert.deepEqual(fit(280, run).merges[0], [0x61, 0x62]);
});

test('a heap gives the greatest count first, and of equal ones the least key', () => {
  const counted = fc.record({ count: fc.nat(5), key: fc.nat(5) }, { noNullPrototype: true });
  fc.assert(
    fc.property(fc.array(counted), (entries) => {
      const heap = new MaxHeap();
      for (const entry of entries) heap.push(entry);
      const popped = entries.map(() => heap.pop());
      assert.deepEqual(
        popped,
        entries.toSorted((a, b) => b.count - a.count || a.key - b.key),
      );
      assert.equal(heap.pop(), undefined);
    }),
  );
});
