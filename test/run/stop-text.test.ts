import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { StopText } from '../../src/run/stop-text.js';

function told(pieces: readonly string[], stops: readonly string[]): { texts: string[]; stopped: boolean } {
  const until = new StopText(stops);
  const texts: string[] = [];
  for (const piece of pieces) {
    texts.push(until.add(piece));
    if (until.stopped) return { texts, stopped: true };
  }
  return { texts: [...texts, until.end()], stopped: false };
}

test('a stop that crosses pieces ends the text before it; what only began like one is told in the end', () => {
  assert.deepEqual(told(['to be', '\n', '\nor'], ['\n\n']), { texts: ['to be', '', ''], stopped: true });
  assert.deepEqual(told(['to be', '\n', 'or', '\n'], ['\n\n']), {
    texts: ['to be', '', '\nor', '', '\n'],
    stopped: false,
  });
  assert.deepEqual(told(['abcd'], ['cd', 'b']), { texts: ['a'], stopped: true });
  assert.deepEqual(told(['aab', 'x'], ['aaaa', 'bx']), { texts: ['aa', ''], stopped: true });
});

test('whatever the pieces, one after the other they are the text up to the first stop', () => {
  const few = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(fc.array(few), few, (pieces, stop) => {
      const text = pieces.join('');
      const at = text.indexOf(stop);
      const { texts, stopped } = told(pieces, [stop]);
      assert.deepEqual([texts.join(''), stopped], [at < 0 ? text : text.slice(0, at), at >= 0]);
    }),
  );
});
