/** What a run says on its way, and what comes of it. */
import type { SplitMetrics } from './evaluate.js';

export interface MetricRow {
  readonly step: number;
  /** `train.loss`, `train.gradientNorm`, `train.learningRate`, `validation.loss`, `validation.<metric>`, `layers.<layer>.<signal>` */
  readonly name: string;
  readonly value: number;
}

/** The run goes on after `step`, with the weights of step `to`: what was said of the steps between no longer holds. */
export interface Rollback {
  readonly type: 'rollback';
  readonly step: number;
  readonly to: number;
  /** What the learning rate was multiplied by. */
  readonly factor: number;
  readonly reason: 'non_finite' | 'loss_spike';
  readonly message: string;
}

export type TrainEvent =
  | { type: 'progress'; step: number; epoch: number; totalSteps: number; stepsPerSecond: number }
  | { type: 'metrics'; rows: readonly MetricRow[] }
  | Rollback
  | {
      type: 'checkpoint';
      step: number;
      epoch: number;
      kind: 'periodic' | 'stop' | 'final';
      /** Whether the weights of this very step are the best so far. */
      best: boolean;
      /** safetensors */
      bytes: Uint8Array<ArrayBuffer>;
      /** Of the latest evaluation, by the names of the metric rows. */
      metrics: Readonly<Record<string, number>>;
    };

export interface FinalMetrics {
  readonly train: SplitMetrics;
  /** null where the split has no rows */
  readonly validation: SplitMetrics | null;
  readonly test: SplitMetrics | null;
}

export type TrainOutcome =
  | {
      reason: 'completed' | 'earlyStopped' | 'cutShort';
      step: number;
      epoch: number;
      bestStep: number;
      metrics: FinalMetrics;
    }
  | { reason: 'stopped'; step: number; epoch: number; bestStep: number };
