/** Consumer processes end to end: real PostgreSQL, both queues, real threads, real signals. */
import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { clockSeries } from '../../src/run/clock.js';
import { listCheckpoints } from '../../src/store/checkpoints.js';
import type { DatasetRow } from '../../src/store/datasets.js';
import { listEvents } from '../../src/store/events.js';
import { findingsOfJob } from '../../src/store/findings.js';
import { getJob, type JobRow } from '../../src/store/jobs.js';
import { readMetrics } from '../../src/store/metrics.js';
import { requestCancel, requestEdit, requestPause, requestResume } from '../../src/store/requests.js';
import { freshDatabase } from '../support/database.js';
import { redisIsInstalled, TestRedis } from '../support/redis.js';
import { type Body, killConsumers, tenantId, Yard } from './fixtures.js';

/** Long enough to be interrupted, with checkpoints to go on from. */
const longBody: Body = {
  model: { type: 'mlp', hidden: [128, 128] },
  training: { epochs: 1200 },
  earlyStopping: { type: 'none' },
  checkpoints: { everyEpochs: 20, minSeconds: 0 },
};
const shortBody: Body = { ...longBody, training: { epochs: 40 } };

const queues = { postgres: async () => null, ...(redisIsInstalled && { redis: () => TestRedis.start() }) };

for (const [name, startRedis] of Object.entries(queues)) {
  describe(`consumers on ${name}`, () => {
    let redis: TestRedis | null;
    /** Each test has its own, so that no test's consumers see another's jobs. */
    let yard: Yard;
    let mpg: DatasetRow;

    before(async () => {
      redis = await startRedis();
    });
    after(() => redis?.kill());
    beforeEach(async () => {
      yard = await Yard.open(await freshDatabase(), redis ? { REDIS_URL: redis.url } : {});
      mpg = await yard.addExample('mpg');
    });
    afterEach(killConsumers);

    const submit = (body: Body) => yard.submit(mpg, 'mpg', body);

    /** The job, once it is as `wanted`; jobs do not need longer than half a minute for anything here. */
    async function until(jobId: string, wanted: (job: JobRow) => boolean): Promise<JobRow> {
      const deadline = performance.now() + 30_000;
      for (;;) {
        const job = await getJob(yard.db, { tenantId, id: jobId });
        assert.ok(job);
        if (wanted(job)) return job;
        assert.ok(performance.now() < deadline, `${job.state} ${JSON.stringify([job.error, job.transitions])}`);
        await sleep(20);
      }
    }
    const untilState = (jobId: string, state: JobRow['state']) => until(jobId, (job) => job.state === state);

    async function untilCheckpoint(jobId: string): Promise<void> {
      while ((await checkpointsOf(jobId)).length === 0) await sleep(20);
    }
    const checkpointsOf = async (jobId: string) =>
      (await listCheckpoints(yard.db, { tenantId, jobId, limit: 100 })).items;

    /** What may not depend on how a run came to its end. */
    async function traceOf(jobId: string) {
      const { state, result, error } = await until(jobId, ({ finishedAt }) => finishedAt !== null);
      assert.equal(state, 'succeeded', JSON.stringify(error));
      const final = (await checkpointsOf(jobId)).find(({ kind }) => kind === 'final');
      const metrics = (await readMetrics(yard.db, { tenantId, jobId })).filter(({ name }) => name !== clockSeries);
      const findings = (await findingsOfJob(yard.db, { tenantId, jobId })).map(({ code, step, body }) => ({
        code,
        step,
        body,
      }));
      return { sha256: final?.sha256, finalMetrics: result?.metrics, metrics, findings };
    }

    const withoutConsumers = async (...consumers: ChildProcess[]) => {
      for (const consumer of consumers) {
        consumer.kill('SIGTERM');
        const [code] = await once(consumer, 'exit');
        assert.equal(code, 0);
      }
    };

    it('lets two consumers share 12 jobs, each run once, equal specs to equal bytes and gap-free metrics', async () => {
      const consumers = ['share-a', 'share-b'].map((id) => yard.startConsumer(id));
      const jobs = await Promise.all(Array.from({ length: 12 }, () => submit(shortBody)));
      const traces = await Promise.all(jobs.map(traceOf));
      for (const trace of traces) assert.deepEqual(trace, traces[0]);
      const [loss] = (traces[0]?.metrics ?? []).filter(({ name }) => name === 'train.loss');
      const { length = 0 } = loss?.steps ?? [];
      assert.deepEqual(
        loss?.steps,
        Array.from({ length }, (_, index) => index + 1),
      );

      const actors = new Set<string>();
      for (const id of jobs) {
        const job = await getJob(yard.db, { tenantId, id });
        assert.equal(job?.attempt, 1);
        for (const { to, actor } of job?.transitions ?? []) if (to === 'running') actors.add(actor);
      }
      assert.deepEqual([...actors].sort(), ['consumer:share-a', 'consumer:share-b']);
      await withoutConsumers(...consumers);
    });

    it('keeps of a finished run’s files exactly those that its rows name', async () => {
      const consumer = yard.startConsumer('files');
      const jobId = await submit(shortBody);
      await traceOf(jobId);
      await withoutConsumers(consumer);
      const rows = await checkpointsOf(jobId);
      assert.deepEqual(await yard.artifacts.list(`jobs/${jobId}`), rows.map(({ artifactKey }) => artifactKey).sort());
      assert.ok(rows.length <= 3, 'the last two and the best');
    });

    it('ends at the same bits when killed with -9, taken over, told to shut down, and taken over again', async () => {
      const undisturbed = await submit(longBody);
      const first = yard.startConsumer('kill-a');
      const expected = await traceOf(undisturbed);

      const jobId = await submit(longBody);
      await untilCheckpoint(jobId);
      first.kill('SIGKILL');
      const second = yard.startConsumer('kill-b');
      await until(jobId, ({ attempt, state, suspect }) => attempt === 2 && state === 'running' && !suspect);
      await withoutConsumers(second);
      const { reason, progress } = await untilState(jobId, 'queued');
      assert.equal(reason, 'the consumer is shutting down');
      assert.ok((await checkpointsOf(jobId)).some(({ step }) => step === progress?.step));

      const third = yard.startConsumer('kill-c');
      assert.deepEqual(await traceOf(jobId), expected);
      const { items: events } = await listEvents(yard.db, { tenantId, jobId, limit: 1000 });
      const told = events.filter(({ type }) => type === 'epoch').map(({ data }) => Number(data['step']));
      assert.ok(
        told.every((step, index) => index === 0 || step > told[index - 1]!),
        `evaluations told: ${told}`,
      );
      await withoutConsumers(third);
    });

    it('cancels a running job, leaving a checkpoint of the last step it made', async () => {
      const consumer = yard.startConsumer('cancel');
      const jobId = await submit({ ...longBody, training: { epochs: 1_000_000 } });
      await untilCheckpoint(jobId);
      await requestCancel(yard.db, { tenantId, id: jobId, mode: 'checkpoint' });
      const { progress } = await untilState(jobId, 'cancelled');
      assert.ok((await checkpointsOf(jobId)).some(({ step }) => step === progress?.step));
      await withoutConsumers(consumer);
    });

    it('cancels a running job at once, without a checkpoint of its last step, where that is asked for', async () => {
      const consumer = yard.startConsumer('immediate');
      const endless = { training: { epochs: 1_000_000 }, checkpoints: { everyEpochs: 1_000_000 } };
      const jobId = await submit({ ...longBody, ...endless });
      await until(jobId, ({ progress }) => progress !== null);
      await requestCancel(yard.db, { tenantId, id: jobId, mode: 'immediate' });
      await untilState(jobId, 'cancelled');
      assert.deepEqual(await checkpointsOf(jobId), []);
      await withoutConsumers(consumer);
    });

    it('ends at the same bits when paused and resumed, and counts only training against its time limit', async () => {
      const consumer = yard.startConsumer('pause');
      const limited = { ...longBody, limits: { maxSeconds: 60 } };
      const expected = await traceOf(await submit(limited));
      const jobId = await submit(limited);
      await untilCheckpoint(jobId);
      await requestPause(yard.db, { tenantId, id: jobId });
      const { progress, transitions } = await untilState(jobId, 'paused');
      assert.ok((await checkpointsOf(jobId)).some(({ step }) => step === progress?.step));
      // As if it had been trained for 5 s and paused for a minute: a limit on all of it would end the run here.
      const earlier = transitions.map((step) => ({
        ...step,
        at: new Date(Date.parse(step.at) - 65_000).toISOString(),
      }));
      const set = { transitions: JSON.stringify(earlier) };
      await yard.db.updateTable('jobs').set(set).where('id', '=', jobId).execute();
      await requestResume(yard.db, { tenantId, id: jobId });
      assert.deepEqual(await traceOf(jobId), expected);
      await withoutConsumers(consumer);
    });

    it('makes a change to a run after the same step again when killed with -9 before it, at it and behind it', async () => {
      const consumer = yard.startConsumer('edited');
      const changed = await submit(longBody);
      await untilCheckpoint(changed);
      const edit = { learningRate: 0.0001, steps: 6000 };
      await requestEdit(yard.db, { tenantId, id: changed, edit, isChange: () => true });
      const { edits } = await until(changed, (job) => job.edits.some(({ step }) => step !== null));
      const at = edits[0]!.step!;
      const expected = await traceOf(changed);
      const rates = expected.metrics.find(({ name }) => name === 'train.learningRate')!;
      assert.deepEqual(
        [at, at + 1].map((step) => rates.values[rates.steps.indexOf(step)]),
        [0.001, 0.0001],
      );
      assert.equal(rates.steps.at(-1), 6000);

      const jobId = await submit(longBody);
      await yard.db
        .updateTable('jobs')
        .set({ edits: JSON.stringify(edits) })
        .where('id', '=', jobId)
        .execute();
      let holder = consumer;
      for (const [index, killAt] of [at / 2, at, (at + 6000) / 2].entries()) {
        await until(jobId, ({ progress }) => (progress?.step ?? 0) >= killAt);
        holder.kill('SIGKILL');
        holder = yard.startConsumer(`edited-${index}`);
      }
      assert.deepEqual(await traceOf(jobId), expected);
      await withoutConsumers(holder);
    });

    it('pauses a job whose consumer dies while it is pausing', async () => {
      const dying = yard.startConsumer('dying');
      const jobId = await submit(longBody);
      await untilCheckpoint(jobId);
      dying.kill('SIGSTOP');
      assert.equal((await requestPause(yard.db, { tenantId, id: jobId })).state, 'pausing');
      dying.kill('SIGKILL');
      const other = yard.startConsumer('other'); // its reconciler finds the lease expired
      assert.equal((await untilState(jobId, 'paused')).reason, 'the heartbeat expired');
      await withoutConsumers(other);
    });

    it('refuses every write of a consumer that was frozen past its lease', async () => {
      const frozen = yard.startConsumer('frozen');
      const jobId = await submit(longBody);
      await untilCheckpoint(jobId);
      frozen.kill('SIGSTOP');
      const successor = yard.startConsumer('successor');
      const trace = await traceOf(jobId);
      const before = await checkpointsOf(jobId);
      frozen.kill('SIGCONT');
      await withoutConsumers(frozen); // its run ends when it learns that it was lost
      assert.deepEqual(await traceOf(jobId), trace);
      assert.deepEqual(await checkpointsOf(jobId), before);
      await withoutConsumers(successor);
    });

    it('fails a job whose process dies each time once 3 attempts of its own made no checkpoint; its neighbours finish', async () => {
      const neighbours = await Promise.all(Array.from({ length: 3 }, () => submit(longBody)));
      const poison = await submit({
        ...longBody,
        training: { epochs: 1_000_000 },
        checkpoints: { everyEpochs: 1_000_000 },
      });
      yard.startConsumer('first');
      let deaths = 0;
      for (;;) {
        const { state, attempt, consumerId, error } = await until(
          poison,
          (job) => job.state === 'failed' || (job.state === 'running' && job.attempt === deaths + 1),
        );
        if (state === 'failed') {
          assert.deepEqual([error?.code, error?.category], ['no_progress', 'resource']);
          break;
        }
        await kill(consumerId);
        deaths = attempt;
        if (consumerId === 'first') yard.startConsumer('second');
      }
      assert.ok(deaths === 3 || deaths === 4, `${deaths} deaths: the first counts only if it ran alone`);
      for (const neighbour of neighbours) await traceOf(neighbour);
    });

    /** As a crash of the run would: -9 to the process that has announced itself under this id. */
    async function kill(consumerId: string | null): Promise<void> {
      const { pid } = await yard.db
        .selectFrom('consumers')
        .select('pid')
        .where('id', '=', consumerId)
        .executeTakeFirstOrThrow();
      process.kill(pid, 'SIGKILL');
    }
  });
}
