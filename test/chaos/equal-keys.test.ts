import assert from 'node:assert/strict';
import { test } from 'node:test';
import { raceKeys } from './key-races.js';
import { withTwoApis } from './two-apis.js';

test('of 10 requests at once with one key, at two APIs, all get one job: in 50 races of 50', async () => {
  const report = await withTwoApis((urls) => raceKeys(urls, 50));
  assert.deepEqual(report, { races: 50, requests: 500, jobs: 50, split: 0 });
});
