/**
 * The contract of a feed: rows that do not stand in the engine's memory, since they are too many or are drawn anew each
 * epoch, and that another thread writes there some steps ahead of the loop. The engine says which rows go where; what they
 * are, and on what thread, is the feed's.
 */
import type { MessagePort } from 'node:worker_threads';
import type { Addresses } from '../addresses.js';
import type { SplitName } from '../data.js';
import type { DataShape } from '../shape.js';
import type { ResolvedEngineSpec } from '../spec.js';
import type { StepCounts } from '../step-counts.js';
import type { Ring } from './ring.js';

/** What planning must know of a feed. */
export interface FeedPlan {
  /** Whether training rows have a share of each class for target, where the loss is one of classes. */
  readonly softTargets: boolean;
}

export interface Feed extends FeedPlan {
  /** Training rows, or positions, of each class: what `balanced` class weights are made of. */
  readonly classCounts: readonly number[];
  /** Starts a thread that hands the task to `serveFeed`, and resolves when the thread is there. The task's port is to be transferred. */
  start(task: FeedTask): Promise<FeedThread>;
}

export interface FeedThread {
  /** Ends the thread. */
  close(): Promise<void>;
}

/** What the thread must know; it crosses by structured clone. */
export interface FeedTask {
  readonly memory: WebAssembly.Memory;
  readonly ring: Ring;
  readonly addresses: Pick<Addresses, 'inputs' | 'targets' | 'softTargets'>;
  /** Values of a target as the loss takes it: 1 for classes. */
  readonly targetColumns: number;
  readonly targetsAreClasses: boolean;
  readonly shape: DataShape;
  readonly steps: StepCounts;
  readonly training: Pick<ResolvedEngineSpec['training'], 'seed' | 'sampling'>;
  /** Updates done before. */
  readonly firstStep: number;
  /** Of a FeedChannel. */
  readonly control: SharedArrayBuffer;
  /** Takes what went wrong. */
  readonly port: MessagePort;
}

/** Rows to write: a function of what stands here, whenever and however often it is asked for. */
export interface RowBatch {
  readonly split: SplitName;
  /** Where in the split each row begins: its number, or in a text its first token. */
  readonly places: Uint32Array;
  /** From 0, of training; null where a split is measured. */
  readonly epoch: number | null;
  /** [rows, inputs]; int32 where they are tokens */
  readonly x: Float32Array | Int32Array;
  /**
   * As a split has them: int32 [rows] or, at each position of tokens, [rows, inputs], or float32 [rows, outputs]; where the
   * targets of training are soft, float32 [rows, classes]. Nothing where targets are masked tokens.
   */
  readonly y: Float32Array | Int32Array;
}

export type RowWriter = (batch: RowBatch) => void;
