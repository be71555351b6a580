import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { RunError } from '../../src/errors.js';
import type { JobState, Progress } from '../../src/schemas/job.js';
import { deleteCheckpoints } from '../../src/store/checkpoint-keeping.js';
import type { Db } from '../../src/store/database.js';
import { addRunEvents } from '../../src/store/events.js';
import { newId } from '../../src/store/ids.js';
import { getJob, type JobRow } from '../../src/store/jobs.js';
import { appendMetrics, truncateMetrics } from '../../src/store/metrics.js';
import { getModel } from '../../src/store/models.js';
import { requestCancel } from '../../src/store/requests.js';
import {
  type ClaimedJob,
  claim,
  fail,
  heartbeat,
  maxAttemptsWithoutProgress,
  openHints,
  release,
  releaseExpired,
  releaseRunsOf,
  succeed,
} from '../../src/store/runs.js';
import { freshDatabase } from '../support/database.js';
import { addCheckpoint, addDataset, addJob, addRun, modelOf, resultOf, tenantId } from '../support/rows.js';

const leaseSeconds = 60;
const error: RunError = { code: 'non_finite', category: 'numeric', title: 'Non-finite', detail: 'loss', step: 3 };

let db: Db;
before(async () => {
  ({ db } = await freshDatabase({ maxConnections: 20 }));
});

const take = (jobId: string, generation: number, consumerId = 'c1') =>
  claim(db, { jobId, generation, consumerId, leaseSeconds, fingerprint: 'f' });
const read = async (id: string): Promise<JobRow> => {
  const job = await getJob(db, { tenantId, id });
  assert.ok(job);
  return job;
};
/** As if the holder had not been heard of for twice the lease. */
const expire = (id: string) =>
  db
    .updateTable('jobs')
    .set({ heartbeatAt: new Date(Date.now() - 2000 * leaseSeconds) })
    .where('id', '=', id)
    .execute();
const setState = (id: string, state: JobState) => db.updateTable('jobs').set({ state }).where('id', '=', id).execute();

describe('claim', () => {
  test('20 concurrent claims of one job have one winner, at epoch 1', async () => {
    const jobId = await addJob(db);
    const claims = await Promise.all(Array.from({ length: 20 }, (_, i) => take(jobId, 1, `c${i}`)));
    const winners = claims.filter((run) => run !== null);
    assert.equal(winners.length, 1);
    const [run] = winners;
    assert.deepEqual([run?.state, run?.epoch, run?.attempt], ['running', 1, 1]);
    assert.equal((await read(jobId)).consumerId, run?.consumerId);
  });

  test('gives the dataset’s artifact and the furthest checkpoint, and keeps the first startedAt', async () => {
    const first = await addRun(db);
    assert.equal(first.dataset.key, `datasets/${first.datasetId}.safetensors`);
    assert.equal(first.checkpoint, null);
    await addCheckpoint(db, first, 20);
    const furthest = await addCheckpoint(db, first, 30);
    const { generation } = await release(db, { jobId: first.id, epoch: first.epoch, reason: 'shutdown' });
    const second = await take(first.id, generation, 'c2');
    assert.deepEqual([second?.checkpoint?.id, second?.checkpoint?.step], [furthest, 30]);
    assert.deepEqual(second?.startedAt, first.startedAt);
  });

  test('a stale generation, a live run, a job that has ended and a deleted one give null', async () => {
    const run = await addRun(db);
    assert.equal(await take(run.id, 1), null, 'live');
    await release(db, { jobId: run.id, epoch: 1, reason: 'shutdown' });
    assert.equal(await take(run.id, 1), null, 'stale');
    await requestCancel(db, { tenantId, id: run.id, mode: 'checkpoint' });
    assert.equal(await take(run.id, 2), null, 'ended');
    assert.equal(await take(newId('job'), 1), null, 'deleted');
  });

  const outcomes = { running: 'running', pausing: 'paused', cancelling: 'cancelled' } as const;
  for (const [state, outcome] of Object.entries(outcomes) as [keyof typeof outcomes, JobState][]) {
    test(`an expired run that is ${state} becomes ${outcome}`, async () => {
      const run = await addRun(db);
      await setState(run.id, state);
      await expire(run.id);
      const taken = await take(run.id, 1, 'c2');
      assert.equal(taken?.epoch, outcome === 'running' ? 2 : undefined);
      assert.equal((await read(run.id)).state, outcome);
    });
  }

  test(`a job whose consumers died alone ${maxAttemptsWithoutProgress} times without a checkpoint fails as no_progress`, async () => {
    const jobId = await addJob(db);
    for (let attempt = 1; attempt <= maxAttemptsWithoutProgress; attempt++) {
      assert.equal((await take(jobId, attempt, `poisoned-${attempt}`))?.suspect, attempt > 1);
      assert.equal((await releaseRunsOf(db, `poisoned-${attempt}`)).length, 1);
    }
    assert.equal(await take(jobId, maxAttemptsWithoutProgress + 1), null);
    const job = await read(jobId);
    assert.deepEqual([job.state, job.error?.code, job.error?.category], ['failed', 'no_progress', 'resource']);
  });

  test('a new checkpoint forgets failed attempts; one no further than the last does not', async () => {
    const run = await addRun(db, 'c-progress');
    await addCheckpoint(db, run, 10);
    assert.equal((await read(run.id)).attemptsWithoutProgress, 0);
    await releaseRunsOf(db, 'c-progress');
    const again = await take(run.id, 2);
    assert.ok(again);
    await addCheckpoint(db, again, 10);
    assert.equal((await read(run.id)).attemptsWithoutProgress, 1);
  });
});

describe('the fence', () => {
  const writes: Record<string, (run: { jobId: string; epoch: number }) => Promise<unknown>> = {
    succeed: (run) => succeed(db, { ...run, result: resultOf('m', 'c'), model: modelOf(newId('model'), 'c') }),
    fail: (run) => fail(db, { ...run, error }),
    release: (run) => release(db, { ...run, reason: 'shutdown' }),
    addRunEvents: (run) => addRunEvents(db, { ...run, events: [{ type: 'warning', data: {} }] }),
    appendMetrics: (run) =>
      appendMetrics(db, { ...run, segment: 0, rows: new Map([['train.loss', { steps: [1], values: [1] }]]) }),
    truncateMetrics: (run) => truncateMetrics(db, { ...run, afterStep: 0 }),
    insertCheckpoint: (run) => addCheckpoint(db, { id: run.jobId, epoch: run.epoch } as ClaimedJob, 5),
    deleteCheckpoints: (run) => deleteCheckpoints(db, { ...run, ids: [] }),
  };
  for (const [name, write] of Object.entries(writes)) {
    test(`${name} is refused after another took the run, and after the run was given back`, async () => {
      const stale = await addRun(db, 'frozen');
      await expire(stale.id);
      assert.ok(await take(stale.id, 1, 'c2'));
      const before = await read(stale.id);
      await assert.rejects(write({ jobId: stale.id, epoch: stale.epoch }), { code: 'stale_epoch' });
      assert.deepEqual(await read(stale.id), before);

      await release(db, { jobId: stale.id, epoch: 2, reason: 'shutdown' });
      await assert.rejects(write({ jobId: stale.id, epoch: 2 }), { code: 'stale_epoch' });
    });
  }

  test('heartbeat says held and the state that was asked for; a stale one says so and writes nothing', async () => {
    const run = await addRun(db);
    const progress: Progress = {
      ...{ percent: 50, epoch: 1, step: 5, totalSteps: 10, stepsPerSecond: 2.5, etaSeconds: 2 },
      updatedAt: new Date().toISOString(),
    };
    const key = { jobId: run.id, epoch: run.epoch };
    const held = { held: true, cancelMode: null, edits: [] };
    assert.deepEqual(await heartbeat(db, { ...key, progress }), { ...held, state: 'running' });
    await requestCancel(db, { tenantId, id: run.id, mode: 'checkpoint' });
    assert.deepEqual(await heartbeat(db, key), { ...held, state: 'cancelling', cancelMode: 'checkpoint' });
    const before = await read(run.id);
    assert.deepEqual(before.progress, progress);
    const late = { ...progress, step: 1 };
    assert.deepEqual(await heartbeat(db, { ...key, epoch: 0, progress: late }), {
      held: false,
      state: null,
      cancelMode: null,
      edits: [],
    });
    assert.deepEqual(await read(run.id), before);
  });
});

describe('endings', () => {
  test('succeed writes result and model together, or neither', async () => {
    const run = await addRun(db);
    const checkpointId = await addCheckpoint(db, run, 10);
    const key = { jobId: run.id, epoch: run.epoch };
    const modelId = newId('model');
    const unknown = { ...key, result: resultOf(modelId, checkpointId), model: modelOf(modelId, newId('checkpoint')) };
    await assert.rejects(succeed(db, unknown));
    assert.equal((await read(run.id)).state, 'running');

    const result = resultOf(modelId, checkpointId);
    await succeed(db, { ...key, result, model: modelOf(modelId, checkpointId) });
    const job = await read(run.id);
    assert.deepEqual([job.state, job.result, job.consumerId], ['succeeded', result, null]);
    const model = await getModel(db, { tenantId, id: modelId });
    assert.deepEqual(
      [model?.jobId, model?.checkpointId, model?.artifactKey],
      [run.id, checkpointId, `jobs/${run.id}/1/10`],
    );
  });

  const endings = {
    succeed: { running: 'succeeded', pausing: 'succeeded', cancelling: 'cancelled' },
    fail: { running: 'failed', pausing: 'failed', cancelling: 'cancelled' },
    release: { running: 'queued', pausing: 'paused', cancelling: 'cancelled' },
  } as const;
  for (const [name, outcomes] of Object.entries(endings)) {
    for (const [state, outcome] of Object.entries(outcomes)) {
      test(`${name} of a run that is ${state} leaves it ${outcome}`, async () => {
        const run = await addRun(db);
        const checkpointId = await addCheckpoint(db, run, 10);
        const key = { jobId: run.id, epoch: run.epoch };
        await setState(run.id, state as JobState);
        const modelId = newId('model');
        const model = modelOf(modelId, checkpointId);
        const ended =
          name === 'succeed'
            ? await succeed(db, { ...key, result: resultOf(modelId, checkpointId), model })
            : name === 'fail'
              ? await fail(db, { ...key, error })
              : await release(db, { ...key, reason: 'shutdown' });
        assert.equal(ended.state, outcome);
        const job = await read(run.id);
        assert.deepEqual([job.state, job.generation, job.heartbeatAt], [outcome, ended.generation, null]);
      });
    }
  }

  test('an attempt that was released is not held against the job', async () => {
    const jobId = await addJob(db);
    for (let attempt = 1; attempt <= 2 * maxAttemptsWithoutProgress; attempt++) {
      assert.ok(await take(jobId, attempt));
      await release(db, { jobId, epoch: attempt, reason: 'no memory for it now' });
    }
    const job = await read(jobId);
    assert.deepEqual([job.state, job.attemptsWithoutProgress, job.suspect], ['queued', 0, false]);
  });
});

describe('lost consumers', () => {
  test('releaseRunsOf gives back the runs of that consumer alone, and hints of those that are queued', async () => {
    const [running, pausing, cancelling] = [
      await addRun(db, 'dead'),
      await addRun(db, 'dead'),
      await addRun(db, 'dead'),
    ];
    const other = await addRun(db, 'alive');
    await setState(pausing.id, 'pausing');
    await setState(cancelling.id, 'cancelling');
    assert.deepEqual(await releaseRunsOf(db, 'dead'), [{ jobId: running.id, generation: 2, priority: 0 }]);
    const states = await Promise.all(
      [running, pausing, cancelling, other].map(async ({ id }) => (await read(id)).state),
    );
    assert.deepEqual(states, ['queued', 'paused', 'cancelled', 'running']);
    assert.deepEqual(await releaseRunsOf(db, 'dead'), []);
  });

  test('the runs of a consumer that died with several are suspects whose attempt does not count', async () => {
    const runs = [await addRun(db, 'crowded'), await addRun(db, 'crowded')];
    await releaseRunsOf(db, 'crowded');
    for (const { id } of runs) {
      const job = await read(id);
      assert.deepEqual([job.suspect, job.attemptsWithoutProgress], [true, 0]);
    }
  });

  test('releaseExpired gives back what is expired, by the database’s clock, and nothing else', async () => {
    const { db: own } = await freshDatabase();
    const [lost, alive] = [await addRun(own, 'gone'), await addRun(own, 'here')];
    await own
      .updateTable('jobs')
      .set({ heartbeatAt: new Date(Date.now() - 2000 * leaseSeconds) })
      .where('id', '=', lost.id)
      .execute();
    assert.deepEqual(await releaseExpired(own, leaseSeconds), [{ jobId: lost.id, generation: 2, priority: 0 }]);
    assert.equal((await getJob(own, { tenantId, id: alive.id }))?.state, 'running');
    assert.deepEqual(await releaseExpired(own, leaseSeconds), []);
  });
});

test('openHints gives queued jobs by priority, then age', async () => {
  const { db: own } = await freshDatabase();
  const datasetId = await addDataset(own);
  const low = await addJob(own, { datasetId, priority: -1 });
  const first = await addJob(own, { datasetId });
  const second = await addJob(own, { datasetId });
  const high = await addJob(own, { datasetId, priority: 5 });
  assert.deepEqual(
    (await openHints(own, 10)).map((hint) => hint.jobId),
    [high, first, second, low],
  );
  assert.equal((await openHints(own, 2)).length, 2);
});
