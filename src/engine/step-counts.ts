/** How a run's epochs, batches and updates (steps) follow from its spec and the rows of its training split. */
import { EngineError } from './errors.js';
import type { DataShape } from './shape.js';
import type { ResolvedEngineSpec } from './spec.js';

export interface StepCounts {
  /** Rows of a full batch: the spec's, or the whole split where that is smaller. */
  readonly batchRows: number;
  readonly batchesPerEpoch: number;
  /** Of an epoch's last batch: what is left over; or a full batch and that, where it alone would be too few. */
  readonly lastBatchRows: number;
  /** Batches whose gradients are summed into one update; an epoch's last update may have fewer. */
  readonly batchesPerStep: number;
  readonly stepsPerEpoch: number;
  readonly total: number;
}

/** `minRows` is the least that the model can learn from at once. Throws `invalid_spec` where a full batch is smaller. */
export function countSteps(
  { training, optimizer }: Pick<ResolvedEngineSpec, 'training' | 'optimizer'>,
  shape: Pick<DataShape, 'rows'>,
  minRows = 1,
): StepCounts {
  const rows = shape.rows.train;
  const fullRows = Math.min(training.batchSize, rows);
  if (minRows > 1 && fullRows < minRows) {
    const [path, expected, got] = ['/training/batchSize', `batches of at least ${minRows} rows`, fullRows];
    throw new EngineError('invalid_spec', `${path}: expected ${expected}, got ${got}`, { path, expected, got });
  }
  const left = rows % fullRows;
  // Random windows fill every batch; the rows of an epoch may leave a smaller last one.
  const isRandom = training.sampling === 'randomWindows';
  const batchesPerEpoch = isRandom ? Math.ceil(rows / fullRows) : Math.floor(rows / fullRows) + Number(left >= minRows);
  const lastBatchRows = isRandom ? fullRows : rows - (batchesPerEpoch - 1) * fullRows;
  const batchRows = batchesPerEpoch === 1 ? lastBatchRows : fullRows;
  const fullBatch = optimizer.type === 'gradientDescent';
  const batchesPerStep = fullBatch ? batchesPerEpoch : Math.min(training.gradientAccumulation, batchesPerEpoch);
  const stepsPerEpoch = Math.ceil(batchesPerEpoch / batchesPerStep);
  const total = training.steps ?? training.epochs * stepsPerEpoch;
  return { batchRows, batchesPerEpoch, lastBatchRows, batchesPerStep, stepsPerEpoch, total };
}

/** Rows of one of an epoch's batches. */
export const rowsOfBatch = ({ batchRows, batchesPerEpoch, lastBatchRows }: StepCounts, batch: number): number =>
  batch === batchesPerEpoch - 1 ? lastBatchRows : batchRows;

/** An update's batches in its epoch, first … end − 1, and their rows together. */
export function stepRange(steps: StepCounts, done: number): { first: number; end: number; rows: number } {
  const { batchRows, batchesPerStep, batchesPerEpoch, stepsPerEpoch } = steps;
  const first = (done % stepsPerEpoch) * batchesPerStep;
  const end = Math.min(first + batchesPerStep, batchesPerEpoch);
  return { first, end, rows: (end - 1 - first) * batchRows + rowsOfBatch(steps, end - 1) };
}
