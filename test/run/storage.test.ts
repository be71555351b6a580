/** A disk that is full while a run writes its checkpoints. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Artifacts } from '../../src/artifacts/index.js';
import { listCheckpoints } from '../../src/store/checkpoints.js';
import { getJob } from '../../src/store/jobs.js';
import { requestResume } from '../../src/store/requests.js';
import { freshDatabase } from '../support/database.js';
import { type Body, tenantId, Yard } from './fixtures.js';
import { consumerOf } from './support.js';

const body: Body = {
  model: { type: 'mlp' },
  training: { epochs: 40 },
  earlyStopping: { type: 'none' },
  checkpoints: { everyEpochs: 10, minSeconds: 0 },
};

for (const code of ['ENOSPC', 'EDQUOT']) {
  it(`${code} pauses the run with reason storage; resumed, it goes on from the checkpoint before to the same bits`, async () => {
    const yard = await Yard.open(await freshDatabase());
    const mpg = await yard.addExample('mpg');
    let writes = 0;
    const put: Artifacts['put'] = async (...args) => {
      writes++;
      if (writes === 3) throw Object.assign(new Error(`${code}: write`), { code });
      return yard.artifacts.put(...args);
    };
    const artifacts = new Proxy(yard.artifacts, {
      get: (target, name: keyof Artifacts) => (name === 'put' ? put : target[name].bind(target)),
    });
    const { db } = yard;
    const consumer = await consumerOf(yard, { artifacts });
    const checkpointsOf = async (jobId: string) => (await listCheckpoints(db, { tenantId, jobId, limit: 10 })).items;

    const jobId = await yard.submit(mpg, 'mpg', body);
    await consumer.run({ jobId, generation: 1 });
    const paused = await getJob(db, { tenantId, id: jobId });
    assert.deepEqual([paused?.state, paused?.reason, paused?.attemptsWithoutProgress], ['paused', 'storage', 0]);
    const kept = await checkpointsOf(jobId);
    assert.equal(kept.length, 2);
    await artifacts.localPath(kept[0]!.artifactKey, kept[0]!.sha256);

    await requestResume(db, { tenantId, id: jobId });
    await consumer.run({ jobId, generation: 2 });
    const undisturbed = await yard.submit(mpg, 'mpg', body);
    await consumer.run({ jobId: undisturbed, generation: 1 });
    const [resumed, expected] = await Promise.all([jobId, undisturbed].map(checkpointsOf));
    assert.deepEqual([resumed![0]!.kind, resumed![0]!.sha256], ['final', expected![0]!.sha256]);
  });
}
