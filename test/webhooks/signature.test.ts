/** Signatures and waits, held to what Standard Webhooks has published. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { secondsToNextTry } from '../../src/webhooks/schedule.js';
import { newSecret, signatures } from '../../src/webhooks/signature.js';

test('a signature is the one in the test of the reference library', () => {
  const message = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: 1614265330, body: '{"test": 2432232314}' };
  const signature = signatures(['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'], message);
  assert.equal(signature, 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
});

test('a secret is 256 bits behind whsec_, another each time', () => {
  const [one, other] = [newSecret(), newSecret()];
  assert.match(one, /^whsec_[A-Za-z0-9+/]{43}=$/);
  assert.notEqual(one, other);
});

test('tries end within three days, each waits longer than the one before or as long, give or take a tenth', () => {
  let [tries, sum, before] = [1, 0, 0];
  for (let wait = secondsToNextTry(tries, 0.5); wait !== null; wait = secondsToNextTry(tries, 0.5)) {
    assert.ok(wait >= before);
    assert.ok(Math.abs(secondsToNextTry(tries, 0)! - 0.9 * wait) < 1e-6);
    assert.ok(Math.abs(secondsToNextTry(tries, 1)! - 1.1 * wait) < 1e-6);
    [tries, sum, before] = [tries + 1, sum + wait, wait];
  }
  assert.equal(tries, 10);
  assert.ok(sum > 2.9 * 86_400 && sum < 3 * 86_400, `${sum} s`);
});
