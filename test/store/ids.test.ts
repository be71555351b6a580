import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Value } from '#typebox/value';
import { Id } from '../../src/schemas/common.js';
import { newId } from '../../src/store/ids.js';

test('10,000 ids in a row rise, are distinct and match the schema', () => {
  const ids = Array.from({ length: 10_000 }, () => newId('job'));
  assert.deepEqual([...new Set(ids)].sort(), ids);
  assert.ok(ids.every((id) => Value.Check(Id('job'), id)));
});

test('the first 10 characters are the time of making in Crockford’s base 32', () => {
  const before = Date.now();
  const time = newId('dataset').slice('ds_'.length, 'ds_'.length + 10);
  const milliseconds = [...time].reduce(
    (sum, digit) => 32 * sum + '0123456789abcdefghjkmnpqrstvwxyz'.indexOf(digit),
    0,
  );
  assert.ok(before <= milliseconds && milliseconds <= Date.now());
});
