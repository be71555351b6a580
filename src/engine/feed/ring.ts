/**
 * The ring of a fed run: in place of its splits, memory holds the rows of some steps, then of two batches of whatever is
 * measured. Places are rows of this area; step s always stands in slot s mod steps.
 */
import type { StepCounts } from '../step-counts.js';

export interface Ring {
  /** Steps whose rows stand at once. */
  readonly steps: number;
  /** Rows of a whole step. */
  readonly stepRows: number;
  /** Rows of a whole batch that is measured. */
  readonly measuredRows: number;
  /** Whether training rows have a share of each class for target, float32 [rows, classes]. */
  readonly softTargets: boolean;
}

/** Batches of a measure that stand at once: one is read, one is written. */
export const measuredBatches = 2;
/** As many steps ahead as this holds, so that short steps do not wake a thread each; but two at least. */
const ringBytes = 8 * 2 ** 20;
const mostSteps = 64;

export function planRing(
  { batchRows, lastBatchRows, batchesPerStep, total }: StepCounts,
  { rowBytes, measuredRows, softTargets }: { rowBytes: number; measuredRows: number; softTargets: boolean },
): Ring {
  // An epoch's last batch may be more than a full one.
  const stepRows = batchRows * (batchesPerStep - 1) + Math.max(batchRows, lastBatchRows);
  const fitting = Math.min(mostSteps, Math.floor(ringBytes / (stepRows * rowBytes)));
  return { steps: Math.min(total, Math.max(2, fitting)), stepRows, measuredRows, softTargets };
}

/** Rows that training has in the ring, and all that it holds. */
export const trainingPlaces = ({ steps, stepRows }: Ring): number => steps * stepRows;
export const ringPlaces = (ring: Ring): number => trainingPlaces(ring) + measuredBatches * ring.measuredRows;

/** Place of the first row of the step after `done` others. */
export const placeOfStep = ({ steps, stepRows }: Ring, done: number): number => (done % steps) * stepRows;
/** Place of the first row of a measure's batch. */
export const placeOfBatch = (ring: Ring, batch: number): number =>
  trainingPlaces(ring) + (batch % measuredBatches) * ring.measuredRows;
