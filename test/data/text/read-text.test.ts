/** Plain text on its way in: what is counted of it, what is refused, and where. */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { TextDecoder } from 'node:util';
import fc from 'fast-check';
import { DataError } from '../../../src/data/errors.js';
import { resultName } from '../../../src/data/ingest-protocol.js';
import { defaultLimits, type IngestLimits } from '../../../src/data/limits.js';
import { TensorFile } from '../../../src/data/tensor-file.js';
import { countText } from '../../../src/data/text/count-text.js';
import { readText } from '../../../src/data/text/read-text.js';
import { textOf } from '../../../src/data/text/text-file.js';
import { assertRefused, withFolder } from '../support.js';

const read = (content: string | Uint8Array, limits: Partial<IngestLimits> = {}) =>
  withFolder(async (scratch) => {
    const path = join(scratch, 'upload');
    await writeFile(path, content);
    const { contents } = await readText({ path, scratch, limits: { ...defaultLimits, ...limits } });
    const stored = textOf(new TensorFile(join(scratch, resultName)));
    return { contents, stored: Buffer.from(stored).toString() };
  });

test('characters, distinct characters and lines are those that strings have; the bytes are stored as they came', async () => {
  const text = fc.string({ unit: fc.constantFrom('a', '\n', '\r', 'é', '一', '🎭', '\ufeff'), minLength: 1 });
  await fc.assert(
    fc.asyncProperty(text, async (content) => {
      const { contents, stored } = await read(`\ufeff${content}`);
      const characters = [...content];
      assert.deepEqual(contents, {
        kind: 'text',
        characters: characters.length,
        distinctCharacters: new Set(characters).size,
        lines: content.split('\n').length - Number(content.endsWith('\n')),
        textBytes: Buffer.byteLength(content),
      });
      assert.equal(stored, content, 'but for the byte order mark');
    }),
    { numRuns: 50 },
  );
});

test('any bytes are text exactly where a strict decoder takes them', () => {
  // lead bytes, continuations and the bounds between them: what random bytes seldom hit
  const byte = fc.constantFrom(
    0x41,
    0x7f,
    0x80,
    0x8f,
    0x90,
    0x9f,
    0xa0,
    0xbf,
    0xc0,
    0xc1,
    0xc2,
    0xdf,
    0xe0,
    0xe1,
    0xed,
    0xef,
    0xf0,
    0xf1,
    0xf4,
    0xf5,
    0xff,
  );
  const accepts = (work: () => unknown): boolean => {
    try {
      work();
      return true;
    } catch {
      return false;
    }
  };
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 6 }),
      fc.array(byte, { minLength: 1, maxLength: 6 }),
      (any, edges) => {
        for (const bytes of [any.map((value) => value || 1), Uint8Array.from(edges)]) {
          const expected = accepts(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes));
          assert.equal(
            accepts(() => countText(bytes)),
            expected,
            bytes.join(),
          );
        }
      },
    ),
    { numRuns: 5000 },
  );
});

test('a byte that is not UTF-8, or NUL, is named by its offset in the file and its line, wherever it stands', () => {
  const text = Buffer.from('one\ntwo\r\nthree\n\nfour');
  const found = (wrong: number, at: number) => {
    try {
      countText(Buffer.concat([text.subarray(0, at), Buffer.of(wrong), text.subarray(at)]), 3);
    } catch (error) {
      if (error instanceof DataError) return [error.code, error.details.row, error.details.got];
    }
    return [];
  };
  for (let at = 0; at <= text.length; at++) {
    const line = text.toString('latin1', 0, at).split('\n').length;
    assert.deepEqual(found(0xff, at), ['invalid_utf8', line, `byte 0xff at offset ${at + 3}`]);
    assert.deepEqual(found(0, at), ['nul_byte', line, `byte 0x0 at offset ${at + 3}`]);
  }
});

test('nothing, a byte order mark alone and more than may be read are refused', async () => {
  await assertRefused(read(''), 'empty_dataset');
  await assertRefused(read('\ufeff'), 'empty_dataset');
  await assertRefused(read('twelve bytes', { heldBytes: 11 }), 'dataset_too_large', { expected: 11, got: 12 });
});
