/** Runs whose artifacts are on S3, by consumers that share nothing but the three URLs. */
import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { requireSameStore } from '../../src/artifacts/same-store.js';
import { environmentOf } from '../../src/config.js';
import { listCheckpoints } from '../../src/store/checkpoints.js';
import type { DatasetRow } from '../../src/store/datasets.js';
import { getJob } from '../../src/store/jobs.js';
import { freshDatabase } from '../support/database.js';
import { TestS3 } from '../support/s3.js';
import { type Body, killConsumers, temporaryFolder, tenantId, Yard } from './fixtures.js';

const body: Body = {
  model: { type: 'mlp', hidden: [128, 128] },
  training: { epochs: 1200 },
  earlyStopping: { type: 'none' },
  checkpoints: { everyEpochs: 20, minSeconds: 0 },
};

let s3: TestS3;
let yard: Yard;
let mpg: DatasetRow;
before(async () => {
  s3 = await TestS3.start();
  yard = await Yard.open(await freshDatabase(), s3.settings('runs'));
  mpg = await yard.addExample('mpg');
});
after(async () => {
  await killConsumers();
  await s3.stop();
});

const submit = () => yard.submit(mpg, 'mpg', body);

/** A consumer with a disk of its own, as on a machine of its own. */
async function startConsumer(id: string) {
  const dataDir = await temporaryFolder();
  const consumer = new Yard(yard.db, { ...yard.config, dataDir }, yard.artifacts).startConsumer(id);
  return { consumer, dataDir };
}

async function finalOf(jobId: string) {
  let job = await getJob(yard.db, { tenantId, id: jobId });
  for (; job?.finishedAt === null; job = await getJob(yard.db, { tenantId, id: jobId })) await sleep(20);
  assert.equal(job?.state, 'succeeded', JSON.stringify(job?.error));
  return (await checkpointsOf(jobId)).find(({ kind }) => kind === 'final')?.sha256;
}

const checkpointsOf = async (jobId: string) => (await listCheckpoints(yard.db, { tenantId, jobId, limit: 100 })).items;

async function untilCheckpoint(jobId: string): Promise<void> {
  while ((await checkpointsOf(jobId)).length === 0) await sleep(20);
}

it('a run that is killed goes on elsewhere, through an outage of S3, and ends in the bits of one left alone', async () => {
  const undisturbed = await submit();
  const first = await startConsumer('s3-first');
  const expected = await finalOf(undisturbed);
  assert.ok((await stat(join(first.dataDir, 'cache', mpg.artifactSha256))).isFile());

  const jobId = await submit();
  await untilCheckpoint(jobId);
  first.consumer.kill('SIGKILL');
  await once(first.consumer, 'exit');
  const second = await startConsumer('s3-second');
  const { attempt } = (await getJob(yard.db, { tenantId, id: jobId }))!;
  s3.isDown = true;
  await sleep(2000);
  s3.isDown = false;
  assert.equal(await finalOf(jobId), expected);
  assert.equal((await getJob(yard.db, { tenantId, id: jobId }))?.attempt, attempt + 1);
  const keys = (await checkpointsOf(jobId)).map(({ artifactKey }) => artifactKey);
  const stored = await yard.artifacts.list(`jobs/${jobId}`);
  assert.deepEqual(
    keys.filter((key) => !stored.includes(key)),
    [],
  );
  // A kill may fall between a file and its row, or between a row's end and its file's: only the first run was killed.
  const unnamed = stored.filter((key) => !keys.includes(key));
  assert.deepEqual(
    unnamed.filter((key) => !key.startsWith(`jobs/${jobId}/1/`)),
    [],
  );
  second.consumer.kill('SIGTERM');
  assert.deepEqual(await once(second.consumer, 'exit'), [0, null]);
});

it('a consumer that sees another bucket or prefix stops at start and says so', async () => {
  await requireSameStore(yard.db, yard.artifacts);
  const config = { ...yard.config, artifactsUrl: yard.config.artifactsUrl.replace('runs', 'elsewhere') };
  const entry = fileURLToPath(new URL('../../workers/consumer.js', import.meta.url));
  const consumer = fork(entry, { env: environmentOf(config), silent: true });
  const [said, [code]] = await Promise.all([text(consumer.stderr!), once(consumer, 'exit')]);
  assert.equal(code, 1);
  assert.match(said, /ARTIFACTS_URL: expected the artifact store with marker .* got one with none/);
});
