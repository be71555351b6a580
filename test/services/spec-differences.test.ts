import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differences } from '../../src/services/spec-differences.js';

test('equal fields are left out, others are told by their path, with null where there is none', () => {
  const one = { name: 'a', model: { type: 'mlp', hidden: [1, 2] }, training: { epochs: 5, seed: 1 } };
  const two = { name: 'a', model: { type: 'mlp', hidden: [1, 3] }, training: { steps: 9, seed: 1 } };
  assert.deepEqual(differences([one, two]), [
    {
      path: '/model/hidden',
      values: [
        [1, 2],
        [1, 3],
      ],
    },
    { path: '/training/epochs', values: [5, null] },
    { path: '/training/steps', values: [null, 9] },
  ]);
  assert.deepEqual(differences([one, one, one]), []);
});

test('a part that another has not is told as a whole, and names are escaped as RFC 6901 has it', () => {
  const parts = differences([{ columns: { 'a/b~c': { type: 'drop' } } }, { columns: {} }]);
  assert.deepEqual(parts, [{ path: '/columns/a~1b~0c', values: [{ type: 'drop' }, null] }]);
});
