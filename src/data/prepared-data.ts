/** What a run learns from: the engine's arrays, their exact shape, and the preparation that goes into the checkpoint. */
import type { DataShape, MetricScale, Split, TrainingData } from '../engine/index.js';
import type { Preparation } from './preparation.js';
import type { SplitRows } from './splits/splitting.js';

export interface PreparedData {
  preparation: Preparation;
  shape: DataShape;
  data: TrainingData;
  /** Which rows of the dataset are in which part; null of a text. */
  split: SplitRows | null;
  /** How a regression's target was scaled, so that metrics are reported in its own units. */
  metricScale?: MetricScale;
}

export const countRows = ({ train, validation, test }: SplitRows): DataShape['rows'] => ({
  train: train.length,
  validation: validation.length,
  test: test.length,
});

/** Each split, encoded. */
export function eachSplit(
  { train, validation, test }: SplitRows,
  encode: (rows: Int32Array) => Omit<Split, 'rows'>,
): TrainingData {
  const split = (rows: Int32Array): Split => ({ rows: rows.length, ...encode(rows) });
  return { train: split(train), validation: split(validation), test: split(test) };
}
