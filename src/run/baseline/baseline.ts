/**
 * What a model's answers are held against: measured on the splits of its own job, in a process of its own
 * (workers/baseline.ts). A function of dataset, spec and weights, so that whoever measures it again gets the same.
 */

import { embeddedInputs } from '../../data/features/embedded.js';
import { cardOf, type RowsPreparation } from '../../data/preparation.js';
import type { StoredDataset } from '../../data/stored-dataset.js';
import { rowsAt } from '../../data/stored-rows.js';
import { chooseKernels, createPredictor, type KernelsRequest, type Predictor, readHeader } from '../../engine/index.js';
import type { ResolvedJobSpec } from '../../schemas/job-spec.js';
import type { DatasetTask } from '../answer-of-dataset.js';
import { readPreparation } from '../checkpoint-metadata.js';
import {
  type ColumnStatistics,
  columnStatistics,
  type Field,
  fieldOf,
  predictionField,
  recordedFeatures,
  type Statistics,
} from '../drift/statistics.js';
import { labelledRows } from '../evaluation/labelled-rows.js';
import { logOf } from '../evaluation/log-of.js';
import { type ModelWeights, readModel } from '../model-file.js';
import { describePredictions } from '../predictions.js';
import { splitDataset } from '../split-dataset.js';
import { residualQuantiles } from './residuals.js';
import { fitTemperature } from './temperature.js';

export interface BaselineTask extends DatasetTask {
  model: ModelWeights;
  kernels: KernelsRequest;
  /** Of the job that trained the model on this dataset. */
  spec: ResolvedJobSpec;
}

/** Plain JSON, so that it lives in a row. */
export interface Baseline {
  /** Of a classification with rows that validate. */
  temperature: number | null;
  /** Of a regression with such rows: quantiles of target − prediction at each thousandth. */
  residuals: number[] | null;
  /** [inputs]: of columns, the mean input of the training split. */
  means: number[] | null;
  /** Features of the training split, and what the model predicts of the validation split, or of that where none validates. */
  statistics: Statistics;
}

export interface BaselineReply {
  baseline: Baseline;
}

/** Of a split at most. */
const mostRows = 20_000;
/** Logits kept, 16 MiB. */
const mostLogits = 2 ** 22;
const batchRows = 256;
/** Rows whose features are counted. */
const mostCounted = 5000;
/** Numbers kept of a feature, and of all. */
const [leastNumbers, mostNumbers, mostNumbersInAll] = [50, 1000, 200_000];
const none = { withoutTarget: 0, unknownClass: 0, incomplete: 0 };

export async function measureBaseline(stored: StoredDataset, task: BaselineTask): Promise<BaselineReply> {
  const { factory } = chooseKernels(task.kernels);
  const file = await readModel(task.model);
  const preparation = readPreparation(readHeader(file).metadata);
  const split = splitDataset(stored, task.spec);
  if (preparation.kind === 'stream' || split === null)
    throw new Error('baseline: expected a model of rows, got one of a text');
  const predictor = await createPredictor(file, factory, batchRows);
  const { target } = preparation;
  const wanted =
    target.type === 'classification' ? Math.min(mostRows, Math.floor(mostLogits / target.classes.length)) : mostRows;
  const validation = sampled(split.validation, wanted);
  const train = sampled(split.train, mostRows);
  const measured = answersTo(stored, preparation, { predictor, rows: validation });
  const foreseen =
    validation.length > 0 ? measured : answersTo(stored, preparation, { predictor, rows: sampled(train, mostCounted) });
  const predictions = describePredictions(foreseen.outputs, preparation, { topK: 1 });
  return {
    baseline: {
      ...judged(measured, preparation),
      means: meansOf(stored, preparation, train),
      statistics: {
        rows: train.length,
        features: featureStatistics(stored, preparation, sampled(train, mostCounted)),
        predictions: columnStatistics(predictions.map(predictionField), mostNumbers),
      },
    },
  };
}

/** At most `count` of the rows, at equal steps in ascending order. */
function sampled(rows: Int32Array, count: number): Int32Array {
  const sorted = rows.slice().sort();
  if (sorted.length <= count) return sorted;
  return Int32Array.from({ length: count }, (_, place) => sorted[Math.floor((place * sorted.length) / count)]!);
}

interface Answers {
  /** [rows, width] */
  outputs: Float32Array;
  targets: number[];
}

function answersTo(
  stored: StoredDataset,
  preparation: RowsPreparation,
  { predictor, rows: only }: { predictor: Predictor; rows: Int32Array },
): Answers {
  const outputs: number[] = [];
  const targets: number[] = [];
  for (const batch of labelledRows(stored, preparation, { leftOut: { ...none }, only })) {
    for (const output of predictor.predict(batch.x, batch.rows.length)) outputs.push(output);
    targets.push(...batch.targets);
  }
  return { outputs: Float32Array.from(outputs), targets };
}

function judged(
  { outputs, targets }: Answers,
  { target }: RowsPreparation,
): Pick<Baseline, 'temperature' | 'residuals'> {
  if (targets.length === 0) return { temperature: null, residuals: null };
  if (target.type === 'classification') {
    return { temperature: fitTemperature(outputs.map(logOf), targets), residuals: null };
  }
  const { mean, deviation } = target;
  const residuals = Float64Array.from(targets, (value, row) => value - (mean + deviation * outputs[row]!));
  return { temperature: null, residuals: residualQuantiles(residuals) };
}

function featureStatistics(stored: StoredDataset, preparation: RowsPreparation, rows: Int32Array): ColumnStatistics[] {
  const features = recordedFeatures(cardOf(preparation));
  if (stored.kind !== 'table' || features.length === 0) return [];
  const most = Math.max(leastNumbers, Math.min(mostNumbers, Math.floor(mostNumbersInAll / features.length)));
  const fields = features.map((): Field[] => []);
  for (const row of rowsAt(
    stored.columns,
    rows,
    features.map(({ name }) => name),
  )) {
    features.forEach(({ name, type }, at) => {
      fields[at]!.push(fieldOf(type, row[name]));
    });
  }
  return fields.map((column) => columnStatistics(column, most));
}

function meansOf(stored: StoredDataset, preparation: RowsPreparation, only: Int32Array): number[] | null {
  if (preparation.kind !== 'columns') return null;
  const sums = new Float64Array(preparation.inputs);
  let rows = 0;
  for (const {
    x,
    rows: { length },
  } of labelledRows(stored, preparation, { leftOut: { ...none }, only })) {
    x.forEach((value, at) => {
      sums[at % sums.length]! += value;
    });
    rows += length;
  }
  const means = Array.from(sums, (sum) => Math.fround(sum / rows));
  // Codes have no mean; 0 is that of the categories which have no vector of their own.
  for (const { column } of embeddedInputs(preparation.features).embedded ?? []) means[column] = 0;
  return means;
}
