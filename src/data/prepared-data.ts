/** What a run learns from: the engine's arrays, their exact shape, and the preparation that goes into the checkpoint. */
import type { DataShape, MetricScale, TrainingData } from '../engine/index.js';
import type { Preparation } from './preparation.js';

export interface PreparedData {
  preparation: Preparation;
  shape: DataShape;
  data: TrainingData;
  /** How a regression's target was scaled, so that metrics are reported in its own units. */
  metricScale?: MetricScale;
}
