/** JSON merge patch against the examples of RFC 7396, appendix A. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mergePatch, patchSpec } from '../../src/services/merge-patch.js';

const examples: [target: unknown, patch: unknown, result: unknown][] = [
  [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
  [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
  [{ a: 'b' }, { a: null }, {}],
  [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
  [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
  [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
  [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
  [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
  [
    ['a', 'b'],
    ['c', 'd'],
    ['c', 'd'],
  ],
  [{ a: 'b' }, ['c'], ['c']],
  [{ a: 'foo' }, null, null],
  [{ a: 'foo' }, 'bar', 'bar'],
  [{ e: null }, { a: 1 }, { e: null, a: 1 }],
  [[1, 2], { a: 'b', c: null }, { a: 'b' }],
  [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
];

for (const [target, patch, result] of examples) {
  test(`${JSON.stringify(target)} with ${JSON.stringify(patch)} is ${JSON.stringify(result)}`, () => {
    assert.deepEqual(mergePatch(target, patch), result);
  });
}

test('in a spec, a part that gets another type loses the fields of the former; an equal or absent type keeps them', () => {
  const spec = { optimizer: { type: 'adam', beta1: 0.9, learningRate: 1 } };
  const patched = (optimizer: object) => patchSpec(spec, { optimizer });
  assert.deepEqual(patched({ type: 'sgd', learningRate: 2 }), { optimizer: { type: 'sgd', learningRate: 2 } });
  for (const patch of [{ learningRate: 2 }, { type: 'adam', learningRate: 2 }]) {
    assert.deepEqual(patched(patch), { optimizer: { type: 'adam', beta1: 0.9, learningRate: 2 } });
  }
});
