/** Ranges of files of any size, checked against the definition. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseByteRange } from '../../src/routes/byte-range.js';

test('a first-last range holds exactly the bytes i of the file with first ≤ i ≤ last', () => {
  const offset = fc.integer({ min: 0, max: 50 });
  fc.assert(
    fc.property(offset, offset, offset, (first, last, bytes) => {
      fc.pre(first <= last);
      const wanted = Array.from({ length: bytes }, (_, i) => i).filter((i) => first <= i && i <= last);
      const range = parseByteRange(`bytes=${first}-${last}`, bytes);
      if (wanted.length === 0) assert.equal(range, 'unsatisfiable');
      else assert.deepEqual(range, { start: wanted[0], end: wanted.at(-1) });
    }),
  );
});

test('what is no range of bytes is no range; of an empty file every range is unsatisfiable', () => {
  for (const header of [undefined, '', 'bytes', 'bytes=-', 'bytes=a-b', 'bytes=1-0', 'lines=0-1', 'bytes=0-1,5-6']) {
    assert.equal(parseByteRange(header, 10), null, header);
  }
  for (const header of ['bytes=0-', 'bytes=-1', 'bytes=0-0']) assert.equal(parseByteRange(header, 0), 'unsatisfiable');
});
