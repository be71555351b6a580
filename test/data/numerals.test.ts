/** Numerals in bytes: told as the pattern for numbers tells them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isPlainNumeral } from '../../src/data/numerals.js';
import { numberPattern } from '../../src/data/values.js';

test('what is a plain numeral matches the pattern for numbers and is finite; all but long ones and exponents are told', () => {
  const pattern = new RegExp(`^${numberPattern}$`);
  const isShort = (text: string) => text.length <= 40 && !/e[+-]?\d{3}/i.test(text);
  const characters = fc.constantFrom(...'0123456789+-.eE x'.split(''));
  const texts = fc.oneof(
    fc.string({ unit: characters, maxLength: 45 }),
    fc.string({ unit: characters, maxLength: 5 }),
    fc.double().map(String),
    fc.integer().map(String),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const bytes = Buffer.from(`9${text}9`); // what stands around does not count
      const plain = isPlainNumeral(bytes, 1, bytes.length - 1);
      assert.equal(plain, pattern.test(text) && isShort(text));
      if (plain) assert.ok(Number.isFinite(Number(text)));
    }),
    {
      numRuns: 20_000,
      examples: [[''], ['.'], ['1.'], ['.5'], ['+'], ['1e'], ['1e+'], ['1E-09'], ['1e100'], ['-.e1']],
    },
  );
});
