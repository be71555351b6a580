/** A job that takes its process along whenever it starts, among 50 good ones. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { join } from 'node:path';
import { it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { getJob } from '../../src/store/jobs.js';
import { maxAttemptsWithoutProgress, releaseRunsOf } from '../../src/store/runs.js';
import { buildEdited } from '../chaos/edited-build.js';
import { freshDatabase } from '../support/database.js';
import { type Body, killConsumers, temporaryFolder, tenantId, Yard } from './fixtures.js';

const poisonous = {
  file: 'workers/train.js',
  find: 'const control = new Control(task.control);',
  put: `const control = new Control(task.control);
  if (spec.name === 'poison') process.kill(process.pid, 'SIGKILL');`,
};
const good: Body = { model: { type: 'mlp', hidden: [4] }, training: { epochs: 2 } };

it('fails after 3 attempts without a checkpoint, and costs the others an attempt that does not count, and once', async () => {
  const yard = await Yard.open(await freshDatabase(), { CONSUMER_CONCURRENCY: '2' });
  const mpg = await yard.addExample('mpg');
  const dist = await buildEdited(join(await temporaryFolder(), 'program'), [poisonous]);
  const goodOnes = Array.from({ length: 50 }, () => yard.submit(mpg, 'mpg', good));
  const ids = await Promise.all(goodOnes);
  const poison = await yard.submit(mpg, 'mpg', { ...good, name: 'poison', priority: 1 });

  /** As the supervisor does: what died is released and started again. */
  let deaths = 0;
  async function keepConsumer(): Promise<void> {
    const id = `consumer-${deaths}`;
    const [, signal] = await once(yard.startConsumer(id, dist), 'exit');
    if (isOver) return;
    assert.equal(signal, 'SIGKILL');
    deaths++;
    await releaseRunsOf(yard.db, id);
    return keepConsumer();
  }
  let isOver = false;
  const kept = keepConsumer();

  const jobs = [];
  for (const id of [poison, ...ids]) {
    let job = (await getJob(yard.db, { tenantId, id }))!;
    for (; job.finishedAt === null; job = (await getJob(yard.db, { tenantId, id }))!) await sleep(50);
    jobs.push(job);
  }
  isOver = true;
  await killConsumers();
  await kept;

  const [{ state, error, attempt }, ...others] = jobs as [(typeof jobs)[0], ...typeof jobs];
  assert.deepEqual([state, error?.code, error?.category], ['failed', 'no_progress', 'resource']);
  // The first death counts only if it had the process to itself.
  const uncounted = attempt - maxAttemptsWithoutProgress;
  assert.ok(uncounted === 0 || uncounted === 1, `${attempt} attempts`);
  assert.equal(deaths, 1, 'from the second time on it runs in a process of its own');
  assert.deepEqual(
    others.filter((job) => job.state !== 'succeeded').map((job) => job.error),
    [],
  );
  const again = others.filter((job) => job.attempt > 1).map((job) => job.attempt);
  assert.deepEqual(again, Array(uncounted).fill(2), 'only the one beside its first death ran twice');
});
