/**
 * A consumer: takes hints, claims their jobs, and runs as many at once as its threads and memory allow. A job that was
 * running when its consumer died is a suspect and runs in a process of its own, so that a poison job kills nobody else's
 * run; that process is a consumer too, of this one job.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Logger } from 'pino';
import type { Artifacts } from '../artifacts/index.js';
import { type Config, environmentOf } from '../config.js';
import type { HintHandler } from '../queue/index.js';
import { type Demand, demandOf, explainWaiting, type WaitingFor } from '../store/admission.js';
import type { Db } from '../store/database.js';
import { claim, releaseRunsOf } from '../store/runs.js';
import { MemoryBudget } from './memory-budget.js';
import { Run } from './run.js';

type Hint = Parameters<HintHandler>[0];

export interface ConsumerOptions {
  id: string;
  db: Db;
  artifacts: Artifacts;
  config: Config;
  fingerprint: string;
  /** For all runs at once. */
  memoryBytes: number;
  log: Logger;
  onStuckThread(): void;
  /** Program that is forked for a suspect, with the job's id and generation as its arguments. */
  suspectEntry: string;
}

export class Consumer {
  readonly #options: ConsumerOptions;
  readonly #memory: MemoryBudget;
  readonly #runs = new Set<Run>();
  readonly #suspects = new Set<ChildProcess>();
  #stopping = false;

  constructor(options: ConsumerOptions) {
    this.#options = options;
    this.#memory = new MemoryBudget(options.memoryBytes);
  }

  /** Runs the hint's job to its end. A job that is not to be had, or does not fit now, is left alone. */
  async handle(hint: Hint): Promise<void> {
    const job = await demandOf(this.#options.db, hint);
    if (!job || this.#stopping) return;
    const { fingerprint } = this.#options;
    if (job.fingerprint !== null && job.fingerprint !== fingerprint) return this.#decline(hint, job, 'fingerprint');
    const giveBack = this.#memory.reserve(job.peakBytes);
    if (giveBack === null) return this.#decline(hint, job, 'insufficient_memory');
    try {
      await (job.suspect ? this.#runApart(hint) : this.run(hint));
    } finally {
      giveBack();
    }
  }

  /** Claims the hint's job and runs it here. */
  async run(hint: Hint): Promise<void> {
    const { db, id, fingerprint, config } = this.#options;
    const { leaseSeconds } = config;
    const job = await claim(db, { ...hint, consumerId: id, leaseSeconds, fingerprint });
    if (!job) return;
    const run = new Run(job, this.#options);
    this.#runs.add(run);
    if (this.#stopping) run.stop('the consumer is shutting down');
    try {
      await run.execute();
    } finally {
      this.#runs.delete(run);
    }
  }

  /** Lets every run write a checkpoint and go back to the queue. `handle` resolves when its run has. */
  stop(): void {
    this.#stopping = true;
    for (const run of this.#runs) run.stop('the consumer is shutting down');
    for (const suspect of this.#suspects) suspect.kill('SIGTERM');
  }

  /** The reconciler will send the hint again, to whoever can take it then. */
  async #decline(hint: Hint, job: Demand, reason: WaitingFor): Promise<void> {
    const { db, config, log } = this.#options;
    log.info({ ...hint, ...job, reason }, 'this job cannot run here now: it stays queued');
    await explainWaiting(db, { ...hint, reason, leaseSeconds: config.leaseSeconds });
  }

  async #runApart({ jobId, generation }: Hint): Promise<void> {
    const { id, config, db, log, suspectEntry } = this.#options;
    const consumerId = `${id}.${jobId}.${generation}`;
    const child = fork(suspectEntry, [jobId, String(generation)], { env: environmentOf({ ...config, consumerId }) });
    this.#suspects.add(child);
    try {
      const [code, signal] = await once(child, 'exit');
      if (code !== 0) log.warn({ jobId, code, signal }, 'the process of a suspect died');
    } finally {
      this.#suspects.delete(child);
      await releaseRunsOf(db, consumerId, `consumer:${id}`); // nothing, unless it died
    }
  }
}
