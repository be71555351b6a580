/** Tokenizers: what becomes which id, and back. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fitTokenizer, openTokenizer, unitsOf } from '../../../src/data/text/tokenizer.js';
import type { TokenizerSpec } from '../../../src/schemas/dataset-spec.js';

const specs: Record<TokenizerSpec['type'], TokenizerSpec> = {
  character: { type: 'character' },
  byte: { type: 'byte' },
  bpe: { type: 'bpe', vocabularySize: 280 },
};
const fit = (type: TokenizerSpec['type'], ...texts: string[]) =>
  fitTokenizer(
    specs[type],
    ['padding', 'unknown', 'class', 'mask'],
    texts.map((text) => unitsOf(type, Buffer.from(text))),
  );

test('characters have ids behind the special tokens, ascending by code point; what training lacks is unknown', () => {
  const fitted = fit('character', 'b🎭a\uffffb\n');
  assert.deepEqual(fitted, {
    type: 'character',
    special: ['padding', 'unknown', 'class', 'mask'],
    characters: '\nab\uffff🎭', // by UTF-16 unit, 🎭 would stand before U+FFFF
  });
  const { vocabulary, firstOrdinary, encode, special } = openTokenizer(fitted);
  assert.deepEqual([vocabulary, firstOrdinary, special('class')], [9, 4, 2]);
  assert.deepEqual([...encode(unitsOf('character', Buffer.from('a🎭c𝄞\n')))], [5, 8, 1, 1, 4]);
});

test('bytes are their own values behind the special tokens, of which none is unknown', () => {
  const fitted = fit('byte', 'anything');
  assert.deepEqual(fitted, { type: 'byte', special: ['padding', 'class', 'mask'] });
  const { vocabulary, encode, decode, special } = openTokenizer(fitted);
  assert.equal(vocabulary, 259);
  assert.deepEqual([...encode(unitsOf('byte', Buffer.from('é\0')))], [0xc3 + 3, 0xa9 + 3, 3]);
  assert.equal(decode([0xc3 + 3, 0x41 + 3]), '\ufffdA');
  assert.throws(() => special('unknown'), /no token unknown/);
});

test('any text that was fitted decodes to itself, through JSON, with every tokenizer', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(...Object.values(specs).map(({ type }) => type)),
      (text, type) => {
        const { encode, decode } = openTokenizer(JSON.parse(JSON.stringify(fit(type, text))));
        assert.equal(decode([...encode(unitsOf(type, Buffer.from(text)))]), text);
      },
    ),
  );
});
