/** An API killed at any point between a request and its answer: nothing is accepted and lost, nothing is made twice. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { redisIsInstalled, TestRedis } from '../support/redis.js';
import { Client, type Datasets } from './client.js';
import { buildEdited } from './edited-build.js';
import { arm, type Failpoint, failpointEdits, reached } from './failpoints.js';
import { Tree } from './tree.js';

/** Whether the job is there already when the API dies. */
const points: Partial<Record<Failpoint, boolean>> = {
  'api before commit': false,
  'api after commit': true,
  'queue after add': true,
  'api before reply': true,
};
const queues = { postgres: async () => null, ...(redisIsInstalled && { redis: () => TestRedis.start() }) };

for (const [queue, startRedis] of Object.entries(queues)) {
  describe(`on ${queue}`, () => {
    let folder: string;
    let redis: TestRedis | null;
    let tree: Tree;
    let client: Client;
    let datasets: Datasets;

    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'trainyard-accepted-'));
      redis = await startRedis();
      const dist = await buildEdited(join(folder, 'program'), failpointEdits(folder));
      const environment = { CONSUMERS: '1', ...(redis && { REDIS_URL: redis.url }) };
      tree = new Tree(join(folder, 'data'), environment, join(dist, 'src/main.js'));
      client = new Client(await tree.url());
      const { id } = await client.upload('words.txt');
      datasets = { 'words.txt': id, 'pictures.csv': '' };
    });
    after(async () => {
      await tree.stop();
      await redis?.kill();
      await rm(folder, { recursive: true, force: true });
    });

    for (const [point, isStored] of Object.entries(points) as [Failpoint, boolean][]) {
      test(`killed ${point.replace(/^\w+ /, '')}, it gives the same job for the same key, and there is one`, async () => {
        const count = (await client.jobs()).length;
        const key = point.replaceAll(' ', '-');
        await arm(point, folder);
        const answered = client.submit('gpt', datasets, key); // asks until it is answered
        await reached(point, folder);
        if (isStored) assert.equal((await client.jobs()).length, count + 1);
        const { id } = await answered;
        assert.equal((await client.submit('gpt', datasets, key)).id, id);
        assert.equal((await client.jobs()).length, count + 1);
      });
    }

    test('each of them runs once', async () => {
      for (const { id } of await client.jobs()) {
        const { state, attempt, transitions } = await client.untilEnded(id);
        const starts = transitions.filter(({ to }) => to === 'running').length;
        assert.deepEqual({ state, attempt, starts }, { state: 'succeeded', attempt: 1, starts: 1 });
      }
    });
  });
}
