/** The pauses between restarts. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Backoff } from '../../src/supervisor/backoff.js';

test('pauses double from 0.25 s to 30 s, and begin again after a run of more than 10 s', () => {
  const backoff = new Backoff();
  const pauses = Array.from({ length: 9 }, () => backoff.nextMs(10_000));
  assert.deepEqual(pauses, [250, 500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  assert.deepEqual([backoff.nextMs(10_001), backoff.nextMs(0)], [250, 500]);
});
