import assert from 'node:assert/strict';
import { it } from 'node:test';
import { isTransient, persist } from '../../src/run/transient.js';

const withCode = (code: string, message = 'failed') => Object.assign(new Error(message), { code });

it('waits out a database that is away, shutting down or deadlocked, a store that is away, and nothing else', () => {
  for (const code of ['ECONNREFUSED', 'ECONNRESET', '08006', '57P01', '57P03', '53300', '40P01', 'unavailable']) {
    assert.ok(isTransient(withCode(code)), code);
  }
  assert.ok(isTransient(new Error('Connection terminated unexpectedly')));
  for (const code of ['23505', '22P02', '42P01', 'stale_epoch', 'storage', 'missing'])
    assert.ok(!isTransient(withCode(code)), code);
  assert.ok(!isTransient(new Error('no')));
});

it('repeats a write until it works, and stops at an error of its own or when aborted', async () => {
  const failures = [withCode('ECONNREFUSED'), withCode('57P01')];
  let calls = 0;
  const write = async () => {
    const failure = failures[calls++];
    if (failure) throw failure;
    return 'written';
  };
  assert.equal(await persist(write, new AbortController().signal), 'written');
  assert.equal(calls, 3);
  const stays = (error: Error) => persist(() => Promise.reject(error), AbortSignal.abort());
  await assert.rejects(stays(withCode('23505')), { code: '23505' });
  await assert.rejects(stays(withCode('ECONNREFUSED')), { code: 'ECONNREFUSED' });
});
