/** How a run's epochs, batches and updates (steps) follow from its spec and the rows of its training split. */
import type { DataShape } from './shape.js';
import type { ResolvedEngineSpec } from './spec.js';

export interface StepCounts {
  /** Rows of a full batch: the spec's, or the whole split where that is smaller. */
  readonly batchRows: number;
  readonly batchesPerEpoch: number;
  /** Batches whose gradients are summed into one update; an epoch's last update may have fewer. */
  readonly batchesPerStep: number;
  readonly stepsPerEpoch: number;
  readonly total: number;
}

export function countSteps(
  { training, optimizer }: Pick<ResolvedEngineSpec, 'training' | 'optimizer'>,
  shape: Pick<DataShape, 'rows'>,
): StepCounts {
  const batchRows = Math.min(training.batchSize, shape.rows.train);
  const batchesPerEpoch = Math.ceil(shape.rows.train / batchRows);
  const fullBatch = optimizer.type === 'gradientDescent';
  const batchesPerStep = fullBatch ? batchesPerEpoch : Math.min(training.gradientAccumulation, batchesPerEpoch);
  const stepsPerEpoch = Math.ceil(batchesPerEpoch / batchesPerStep);
  const total = training.steps ?? training.epochs * stepsPerEpoch;
  return { batchRows, batchesPerEpoch, batchesPerStep, stepsPerEpoch, total };
}
