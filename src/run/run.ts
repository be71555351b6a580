/**
 * One run: a claimed job, from its files through the training thread to its end in the database. It is the only writer of
 * what the run leaves behind, and every write carries the epoch of the claim: once that is stale, the run is another's,
 * and this one stops without a trace. An outage of the database is waited out; the thread trains on meanwhile.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Artifacts } from '../artifacts/index.js';
import type { Config } from '../config.js';
import type { Rollback } from '../engine/index.js';
import type { RunError } from '../errors.js';
import type { RecordedEdit } from '../schemas/edits.js';
import type { Progress } from '../schemas/job.js';
import { latestCheckpoint } from '../store/checkpoints.js';
import { type Db, inTransaction } from '../store/database.js';
import { addRunEvents, lastStepOf } from '../store/events.js';
import { StaleEpochError } from '../store/fence.js';
import { addFindings } from '../store/findings.js';
import { newId } from '../store/ids.js';
import { appendMetrics, readMetrics, truncateMetrics } from '../store/metrics.js';
import { atRung } from '../store/requests.js';
import { addRollback } from '../store/rollbacks.js';
import { type ClaimedJob, type Ended, fail, heartbeat, pause, release, settleEdits, succeed } from '../store/runs.js';
import { CheckpointStore } from './checkpoint-store.js';
import { clockSeries } from './clock.js';
import { isPending, nextEditAfter, settle, specAt } from './edits.js';
import { HangWatch } from './hang-watch.js';
import { toProgress } from './progress.js';
import { Control, type Report, rowStoreOf, type TrainMessage, type TrainResult, type TrainTask } from './protocol.js';
import { findResumePoint } from './resume-point.js';
import { hungError, isRunsOwnFault, toRunError } from './run-error.js';
import { startFrom } from './start.js';
import { runThread } from './train-thread.js';
import { trainedSeconds } from './trained-seconds.js';
import { persist } from './transient.js';

/** How long a thread may take to stop by itself, which is a step and a checkpoint, before it is killed. */
const stopGraceMs = 15_000;

export interface RunContext {
  db: Db;
  artifacts: Artifacts;
  config: Pick<
    Config,
    | 'hangSeconds'
    | 'heartbeatSeconds'
    | 'kernels'
    | 'threadsPerJob'
    | 'maxCheckpointBytes'
    | 'dataDir'
    | 'dataMemoryBytes'
  >;
  log: Logger;
  /** A thread that was killed does not end: this process must. */
  onStuckThread(): void;
}

type Finished = Extract<TrainResult, { type: 'finished' }>;
/** `storage`: a checkpoint could not be written, and the one before is what the run has. */
/** `rung`: it has come to where the job is to pause. */
type Outcome = TrainResult | { type: 'storage' } | { type: 'rung' };

export class Run {
  readonly #job: ClaimedJob;
  readonly #context: RunContext;
  readonly #key: { jobId: string; epoch: number };
  readonly #control = new Control();
  readonly #checkpoints: CheckpointStore;
  readonly #log: Logger;
  /** Kills the thread: the run was lost, or the thread did not stop when asked to. */
  readonly #kill = new AbortController();
  /** Ends the heartbeats and every wait. */
  readonly #over = new AbortController();
  #stopReason: string | null = null;
  /** Why the thread was killed, where it was for hanging. */
  #hang: RunError | null = null;
  #progress: Progress | null = null;
  /** Of the metrics: how often the run was rolled back before. */
  #segment = 0;
  #finalCheckpointId: string | null = null;

  constructor(job: ClaimedJob, context: RunContext) {
    this.#job = job;
    this.#context = context;
    this.#key = { jobId: job.id, epoch: job.epoch };
    this.#log = context.log.child({ jobId: job.id, epoch: job.epoch });
    const run = { ...this.#key, tenantId: job.tenantId, spec: job.spec };
    this.#checkpoints = new CheckpointStore({ ...context, run, signal: this.#over.signal });
  }

  /** Runs the job to whatever end it takes; null where another consumer has it now. Throws only what is a fault of ours. */
  async execute(): Promise<Ended | null> {
    const beating = this.#keepAlive();
    try {
      const ended = await this.#end(await this.#train());
      this.#log.info(ended, 'run ended');
      return ended;
    } catch (error) {
      if (!(error instanceof StaleEpochError)) throw error;
      this.#log.warn('another consumer has this job now: the run is dropped');
      return null;
    } finally {
      this.#over.abort();
      await beating;
    }
  }

  /**
   * Asks for an end, after a checkpoint or now; the job goes to where its row says, or back to the queue. Asked again, it
   * can only become quicker.
   */
  stop(reason: string, request: 'checkpoint' | 'now' = 'checkpoint'): void {
    if (request === 'now' || this.#stopReason === null) this.#control.requestStop(request);
    if (this.#stopReason !== null) return;
    this.#stopReason = reason;
    sleep(stopGraceMs, undefined, { signal: this.#over.signal, ref: false }).then(
      () => {
        this.#log.warn(`the thread did not stop within ${stopGraceMs / 1000} s and is killed`);
        this.#kill.abort();
      },
      () => undefined, // it ended in time
    );
  }

  // ── the thread ────────────────────────────────────────────────────────────────────────────────────────────────

  async #train(): Promise<Outcome> {
    try {
      for (;;) {
        const task = await this.#prepare();
        if (task === null) return { type: 'rung' };
        const onMessage = (message: TrainMessage) => this.#write(message);
        const onStuck = this.#context.onStuckThread;
        const result = await runThread(task, { signal: this.#kill.signal, onStuck, onMessage });
        if (result.type !== 'stopped' || this.#stopReason !== null) return result;
        this.#control.withdrawStop(); // it stopped where a change takes effect, and goes on with that, or at a rung
      }
    } catch (error) {
      if (error instanceof StaleEpochError) throw error;
      if (this.#kill.signal.aborted) return this.#killed();
      const runError = toRunError(error);
      if (runError.code === 'out_of_storage') {
        this.#log.error({ err: error }, 'the artifact store takes no more: the run is paused');
        return { type: 'storage' };
      }
      if (!isRunsOwnFault(runError)) this.#log.error({ err: error }, 'run failed');
      return { type: 'failed', error: runError };
    }
  }

  /** A killed thread has left its last stored checkpoint: a stopped run, unless it was killed for hanging or as lost. */
  #killed(): TrainResult {
    if (this.#kill.signal.reason instanceof StaleEpochError) throw this.#kill.signal.reason;
    return this.#hang ? { type: 'failed', error: this.#hang } : { type: 'stopped' };
  }

  /** null: the job is not to be trained any further now. */
  async #prepare(): Promise<Omit<TrainTask, 'port'> | null> {
    const { artifacts, config, db } = this.#context;
    const { tenantId, spec, dataset, transitions, origin, initialized, allowKernelChange } = this.#job;
    const stopAt = this.#job.stopAt ?? Number.POSITIVE_INFINITY;
    const { signal } = this.#over;
    const point = await persist(() => findResumePoint(this.#job.id, { db, artifacts, log: this.#log }), signal);
    const step = point?.step ?? 0;
    // What was written past the checkpoint will be written again.
    const afterStep = point?.step ?? -1;
    this.#segment = await persist(() => truncateMetrics(db, { ...this.#key, afterStep }), signal);
    if (step >= stopAt) return null;
    const series = await persist(() => readMetrics(db, { tenantId, jobId: this.#job.id }), signal);
    const settled = { ...this.#key, settle: (edits: readonly RecordedEdit[]) => settle(edits, step) };
    const edits = await persist(() => settleEdits(db, settled), signal);
    const { maxSeconds } = spec.limits;
    const next = Math.min(nextEditAfter(edits, step) ?? Number.POSITIVE_INFINITY, stopAt);
    return {
      spec: specAt(spec, edits, step),
      datasetPath: await persist(() => artifacts.localPath(dataset.key, dataset.sha256), signal),
      ...(await startFrom(artifacts, { point, edits, origin })),
      initialized,
      ...(Number.isFinite(next) && { stopAt: { step: next, request: 'checkpoint' as const } }),
      history: new Map(series.map(({ name, steps, values }) => [name, { steps: [...steps], values: [...values] }])),
      anyKernels: allowKernelChange,
      kernels: config.kernels,
      threads: config.threadsPerJob,
      rowStore: rowStoreOf(config),
      secondsLeft: maxSeconds === null ? null : maxSeconds - trainedSeconds(transitions, new Date()),
      control: this.#control.buffer,
    };
  }

  // ── what it says ──────────────────────────────────────────────────────────────────────────────────────────────

  async #write(message: TrainMessage): Promise<void> {
    switch (message.type) {
      case 'report':
        this.#progress = toProgress(message, new Date());
        return persist(() => this.#writeReport(message), this.#over.signal);
      case 'checkpoint': {
        const id = await this.#checkpoints.store(message);
        if (message.kind === 'final') this.#finalCheckpointId = id;
        this.#control.release();
        return;
      }
      case 'rollback':
        return persist(() => this.#writeRollback(message), this.#over.signal);
      default:
        throw new Error(`unknown message ${message satisfies never}`);
    }
  }

  async #writeRollback({ step, to, factor, reason, message }: Rollback): Promise<void> {
    const told = { reason, message, learningRateFactor: factor };
    this.#log.warn({ step, to }, message);
    const segment = this.#segment + 1;
    await addRollback(this.#context.db, { ...this.#key, segment, step, to, told });
    this.#segment = segment;
  }

  async #writeReport({ step, metrics, evaluation, findings }: Report): Promise<void> {
    const { db } = this.#context;
    metrics.set(clockSeries, { steps: [step], values: [trainedSeconds(this.#job.transitions, new Date())] });
    await inTransaction(db, async (trx) => {
      await this.#beat(trx);
      await appendMetrics(trx, { ...this.#key, segment: this.#segment, rows: metrics });
      // What was told is trained again by the attempts after, and sent again where an answer was lost, but not told again.
      const isNew = evaluation !== null && evaluation.step > (await lastStepOf(trx, this.#key.jobId, 'epoch'));
      if (isNew) await addRunEvents(trx, { ...this.#key, events: [{ type: 'epoch', data: { ...evaluation } }] });
      await addFindings(trx, { ...this.#key, findings });
    });
  }

  // ── the row ───────────────────────────────────────────────────────────────────────────────────────────────────

  async #keepAlive(): Promise<void> {
    const { db, config } = this.#context;
    const { signal } = this.#over;
    const intervalMs = config.heartbeatSeconds * 1000;
    const watch = new HangWatch(this.#control, { leastMs: config.hangSeconds * 1000, intervalMs });
    while (!signal.aborted) {
      try {
        await sleep(intervalMs, undefined, { signal });
        this.#killIfHung(watch);
        await this.#beat(db);
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof StaleEpochError) return this.#kill.abort(error);
        this.#log.warn({ err: error }, 'no heartbeat'); // the lease may expire; the next write will tell
      }
    }
  }

  #killIfHung(watch: HangWatch): void {
    const silentMs = watch.look();
    if (silentMs === null || this.#kill.signal.aborted) return;
    this.#hang = hungError(silentMs, this.#progress?.step ?? 0);
    this.#log.error(this.#hang, 'the thread hangs and is killed');
    this.#kill.abort();
  }

  /** Says that the run lives and reads what is wanted of it. Throws StaleEpochError. */
  async #beat(db: Db): Promise<void> {
    const { held, state, cancelMode, edits } = await heartbeat(db, {
      ...this.#key,
      ...(this.#progress && { progress: this.#progress }),
    });
    if (!held) throw new StaleEpochError(this.#key);
    if (state === 'cancelling' || state === 'pausing') {
      this.stop('as asked', cancelMode === 'immediate' ? 'now' : 'checkpoint');
    } else if (edits.some(isPending) && this.#stopReason === null) {
      this.#control.requestStop('checkpoint');
    }
  }

  #end(result: Outcome): Promise<Ended> {
    const { db } = this.#context;
    return persist(() => {
      switch (result.type) {
        case 'finished':
          return this.#succeed(result);
        case 'stopped':
          return release(db, { ...this.#key, reason: this.#stopReason ?? 'stopped' });
        case 'storage':
          return pause(db, { ...this.#key, reason: 'storage' });
        case 'rung':
          return pause(db, { ...this.#key, reason: atRung });
        case 'failed':
          return this.#fail(result.error);
        default:
          throw new Error(`unknown result ${result satisfies never}`);
      }
    }, this.#over.signal);
  }

  /** Checkpoints have finite weights: the last is where one would go on from. */
  async #fail(error: RunError): Promise<Ended> {
    const { db } = this.#context;
    const { postMortem } = error;
    const last = postMortem && (await latestCheckpoint(db, this.#key.jobId));
    const checkpoint = last ? { id: last.id, step: last.step } : null;
    return fail(db, {
      ...this.#key,
      error: { ...error, ...(postMortem && { postMortem: { ...postMortem, checkpoint } }) },
    });
  }

  /** The last progress, the result and the model, all or none. */
  #succeed({ reason, metrics, folds, card, preparation }: Finished): Promise<Ended> {
    const checkpointId = this.#finalCheckpointId;
    if (checkpointId === null) throw new Error('the thread finished without a final checkpoint');
    const model = { id: newId('model'), name: this.#job.name, checkpointId, card, preparation };
    const result = { modelId: model.id, bestCheckpointId: checkpointId, reason, metrics, ...(folds && { folds }) };
    return inTransaction(this.#context.db, async (trx) => {
      if (this.#progress) this.#progress = { ...this.#progress, percent: 100, etaSeconds: 0 };
      await this.#beat(trx);
      return succeed(trx, { ...this.#key, result, model });
    });
  }
}
