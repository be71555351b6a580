/** A thread that is in native code and never returns: nothing in its process can end it. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { join } from 'node:path';
import { it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { listCheckpoints } from '../../src/store/checkpoints.js';
import { getJob } from '../../src/store/jobs.js';
import { buildEdited } from '../chaos/edited-build.js';
import { freshDatabase } from '../support/database.js';
import { type Body, killConsumers, temporaryFolder, tenantId, Yard } from './fixtures.js';

/** libc's sleep instead of a step, for longer than any test waits. */
const stuckAtStep50 = {
  file: 'workers/train.js',
  find: 'steppedAt = now;',
  put: `if (spec.name === 'stuck' && trainer.step === 50) {
    const koffi = process.getBuiltinModule('node:module').createRequire(import.meta.url)('koffi');
    koffi.load(null).func('unsigned int sleep(unsigned int)')(100000);
  }
  steppedAt = now;`,
};

const body: Body = {
  model: { type: 'mlp', hidden: [128, 128] },
  training: { epochs: 1200 },
  earlyStopping: { type: 'none' },
  checkpoints: { everyEpochs: 20, minSeconds: 0 },
};

it('fails the run as hung and ends its process; the run beside it goes on elsewhere, at no attempt’s cost', async () => {
  const yard = await Yard.open(await freshDatabase(), { HANG_SECONDS: '2', CONSUMER_CONCURRENCY: '2' });
  const mpg = await yard.addExample('mpg');
  const dist = await buildEdited(join(await temporaryFolder(), 'program'), [stuckAtStep50]);
  const jobOf = async (id: string) => (await getJob(yard.db, { tenantId, id }))!;

  const stuck = await yard.submit(mpg, 'mpg', { ...body, name: 'stuck' });
  const neighbour = await yard.submit(mpg, 'mpg', { ...body, training: { epochs: 1_000_000 } });
  const consumer = yard.startConsumer('stuck', dist);
  assert.deepEqual(await once(consumer, 'exit'), [null, 'SIGKILL']);

  const { state, error } = await jobOf(stuck);
  assert.deepEqual([state, error?.code, error?.category], ['failed', 'hung', 'resource']);
  const waiting = await jobOf(neighbour);
  assert.deepEqual([waiting.state, waiting.attemptsWithoutProgress, waiting.suspect], ['queued', 0, false]);
  const { items } = await listCheckpoints(yard.db, { tenantId, jobId: neighbour, limit: 1 });
  assert.equal(items[0]?.step, waiting.progress?.step, 'it left a checkpoint of its last step');

  yard.startConsumer('next');
  while ((await jobOf(neighbour)).attempt < 2) await sleep(20);
  await killConsumers();
});
