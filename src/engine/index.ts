/**
 * The engine's door: the only file of it that the rest of the project imports, but for `standalone.ts`, what of it runs
 * outside of Node, and `tagged.ts`, with which every schema is made that is chosen by its type.
 */
export { type CheckpointModel, encodeModel, engineVersion, isOfResume, openModel } from './checkpoint.js';
export { type Split, type SplitName, splitNames, type TrainingData } from './data.js';
export { createDecoder, type Decoder } from './decoder.js';
export { fillDefaults } from './defaults.js';
export { EngineError, type EngineErrorCode, type EngineErrorDetails } from './errors.js';
export type { MetricScale, SplitMetrics } from './evaluate.js';
export type { FinalMetrics, MetricRow, Rollback, TrainEvent, TrainOutcome } from './events.js';
export type { Feed, FeedTask, RowBatch, RowWriter } from './feed/feed.js';
export { serveFeed } from './feed/serve-feed.js';
export type { Parameter } from './graph.js';
export { type Inheritance, type InheritedWeights, inheritanceOf } from './inherit.js';
export { chooseKernels, type KernelsChoice, type KernelsRequest, kernelsRequests } from './kernels/choose.js';
export type { Kernels, KernelsFactory } from './kernels/kernels.js';
export { measureGflops } from './kernels/measure.js';
export { kernelsModule } from './kernels/wasm/module.js';
export { type ActivationName, defaultAlpha, defaultSlope } from './layers/activation.js';
export { LayerSpec } from './layers/index.js';
export { Calibration, type CalibrationBin } from './metrics/calibration.js';
export { ClassScores } from './metrics/class-scores.js';
export { ConfusionMatrix } from './metrics/confusion-matrix.js';
export { type Curves, curvesOf } from './metrics/curves.js';
export { perplexityOf } from './metrics/perplexity.js';
export { RegressionSums } from './metrics/regression-sums.js';
export { type ClassMetrics, classificationReport, regressionReport } from './metrics/reports.js';
export { graphOf } from './models/graph-of.js';
export { type Match, matchesPattern, matchWeights, type NamedWeights, specOf } from './named-weights.js';
export { type LayerReport, type Plan, planTraining } from './plan.js';
export type { PostMortem } from './post-mortem.js';
export { createPredictor, type Predictor } from './predict.js';
export { resolveEngineSpec } from './resolve.js';
export type { Resolved } from './resolved.js';
export { Draws, permutation, streamNumber } from './rng.js';
export { countClasses } from './row-weights.js';
export {
  checkLength,
  decodeSafetensors,
  encodeHeader,
  encodeSafetensors,
  MAX_HEADER_BYTES,
  readHeader,
  type SafetensorsHeader,
  type Tensor,
  type TensorEntry,
} from './safetensors.js';
export { type DataShape, type EmbeddedColumn, type TokenShape, windowsOf } from './shape.js';
export type { SignalName } from './signals.js';
export * from './spec.js';
export { createTrainer, type StopRequest, type Trainer, type TrainInput } from './train.js';
export type { Tuning } from './tuning.js';
export { isMaximised } from './watch.js';
