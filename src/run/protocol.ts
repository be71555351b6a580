/**
 * What a consumer and a training thread say to each other. The thread gets a task, posts messages on a port of its own,
 * and ends with a result; two shared integers go the other way, since a thread that computes reads no messages.
 */
import { join } from 'node:path';
import type { MessagePort } from 'node:worker_threads';
import type { Config } from '../config.js';
import type { PreparationSummary } from '../data/preparation.js';
import type { KernelsRequest, Rollback, StopRequest } from '../engine/index.js';
import type { RunError } from '../errors.js';
import type { Finding } from '../schemas/finding.js';
import type { Initialized } from '../schemas/initialize.js';
import type { JobResult } from '../schemas/job.js';
import type { ResolvedJobSpec } from '../schemas/job-spec.js';
import type { Checkpoint, ModelCard } from '../schemas/run.js';
import type { Origin } from '../store/tables.js';

export interface TrainTask {
  spec: ResolvedJobSpec;
  /** Local file of the dataset. */
  datasetPath: string;
  /** The checkpoint to go on from: its local file, and the step after which it was taken. */
  resume: { path: string; step: number } | null;
  /** Whether that may have been written under other kernels. */
  anyKernels: boolean;
  /** Where nothing is resumed: the checkpoint of another job to start from, or whose weights `initialize` takes over by name. */
  inherit: ({ path: string } & Pick<Origin, 'weights' | 'model'>) | null;
  /** What this attempt, or one before it, has taken over by name. */
  initialized?: Initialized | null;
  kernels: KernelsRequest;
  threads: number;
  /** Encoded rows that are more than `memoryBytes` go to a file in `folder`. */
  rowStore: { memoryBytes: number; folder: string };
  /** Step at which to end by oneself: with a checkpoint, or as if complete. */
  stopAt?: { step: number; request: 'checkpoint' | 'finish' };
  /** The series up to `resume`, with which findings are looked for; without it nothing is. */
  history?: MetricPoints;
  /** What is left of limits.maxSeconds. */
  secondsLeft: number | null;
  control: SharedArrayBuffer;
  port: MessagePort;
}

export const rowStoreOf = ({ dataDir, dataMemoryBytes }: Pick<Config, 'dataDir' | 'dataMemoryBytes'>) => ({
  memoryBytes: dataMemoryBytes,
  folder: join(dataDir, 'rows'),
});

/** Points of each series since the report before, by metric name; steps rise. */
export type MetricPoints = Map<string, { steps: number[]; values: number[] }>;

/** Sent a few times a second, never once a step. */
export interface Report {
  type: 'report';
  step: number;
  epoch: number;
  totalSteps: number;
  /** Since this attempt began. */
  stepsPerSecond: number;
  metrics: MetricPoints;
  /** The latest evaluation since the report before, if there was one. */
  evaluation: { epoch: number; step: number; metrics: Record<string, number> } | null;
  /** What was found since the report before. */
  findings: Finding[];
}

export interface CheckpointMessage {
  type: 'checkpoint';
  kind: Checkpoint['kind'];
  step: number;
  epoch: number;
  best: boolean;
  metrics: Record<string, number>;
  /** The safetensors file. */
  bytes: Uint8Array<ArrayBuffer>;
}

/** A rollback is posted after every report of the segment before, and before every one of the next. */
export type TrainMessage = Report | CheckpointMessage | Rollback;

/** `failed` is the job's own fault; what went wrong around it is thrown. */
export type TrainResult =
  | {
      type: 'finished';
      reason: JobResult['reason'];
      metrics: JobResult['metrics'];
      folds?: JobResult['folds'];
      /** What the model expects and gives. */
      card: ModelCard;
      preparation: PreparationSummary;
    }
  | { type: 'stopped' }
  | { type: 'failed'; error: RunError };

const stopRequests = ['no', 'checkpoint', 'now'] as const satisfies readonly StopRequest[];

const stopSlot = 0;
const unstoredSlot = 1;
const beatSlot = 2;
const patienceSlot = 3;
const slotCount = 4;
/** Checkpoints in flight: one being written while the next is computed, and never a heap of them. */
const maxUnstored = 2;

/** A silence of this many times the longest step so far is a hang, if the configured least is over too. */
const patienceInSteps = 20;

/**
 * The shared integers: the stop request, how many posted checkpoints are not yet stored, a count that rises with each step,
 * and for how many milliseconds it may stand still.
 */
export class Control {
  readonly buffer: SharedArrayBuffer;
  readonly #slots: Int32Array;

  constructor(buffer = new SharedArrayBuffer(slotCount * Int32Array.BYTES_PER_ELEMENT)) {
    this.buffer = buffer;
    this.#slots = new Int32Array(buffer);
  }

  get stop(): (typeof stopRequests)[number] {
    return stopRequests[Atomics.load(this.#slots, stopSlot)]!;
  }

  requestStop(request: Exclude<(typeof stopRequests)[number], 'no'>): void {
    Atomics.store(this.#slots, stopSlot, stopRequests.indexOf(request));
  }

  withdrawStop(): void {
    Atomics.store(this.#slots, stopSlot, stopRequests.indexOf('no'));
  }

  /** Thread: blocks until there is room for one more checkpoint, then counts it. */
  awaitRoom(): void {
    for (let unstored = this.#unstored(); unstored >= maxUnstored; unstored = this.#unstored()) {
      Atomics.wait(this.#slots, unstoredSlot, unstored);
    }
    Atomics.add(this.#slots, unstoredSlot, 1);
  }

  /** Thread: a step is made, which took this long. */
  beat(stepMs: number): void {
    const patienceMs = Math.min(Math.ceil(patienceInSteps * stepMs), 2 ** 31 - 1);
    if (patienceMs > this.patienceMs) Atomics.store(this.#slots, patienceSlot, patienceMs);
    Atomics.add(this.#slots, beatSlot, 1);
  }

  /** Differs from before wherever steps were made. */
  get beats(): number {
    return Atomics.load(this.#slots, beatSlot);
  }

  get patienceMs(): number {
    return Atomics.load(this.#slots, patienceSlot);
  }

  /** Whether the thread may be waiting for a checkpoint to be stored. */
  get isFull(): boolean {
    return this.#unstored() >= maxUnstored;
  }

  /** Consumer: a checkpoint is stored. */
  release(): void {
    Atomics.sub(this.#slots, unstoredSlot, 1);
    Atomics.notify(this.#slots, unstoredSlot);
  }

  #unstored(): number {
    return Atomics.load(this.#slots, unstoredSlot);
  }
}
