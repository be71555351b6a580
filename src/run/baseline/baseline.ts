/**
 * What a model's answers are held against: measured on the splits of its own job, in a process of its own
 * (workers/baseline.ts). A function of dataset, spec and weights, so that whoever measures it again gets the same.
 */
import type { RowsPreparation } from '../../data/preparation.js';
import type { StoredDataset } from '../../data/stored-dataset.js';
import { chooseKernels, createPredictor, type KernelsRequest, type Predictor, readHeader } from '../../engine/index.js';
import type { ResolvedJobSpec } from '../../schemas/job-spec.js';
import type { DatasetTask } from '../answer-of-dataset.js';
import { readPreparation } from '../checkpoint-metadata.js';
import { labelledRows } from '../evaluation/labelled-rows.js';
import { logOf } from '../evaluation/log-of.js';
import { type ModelWeights, readModel } from '../model-file.js';
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
}

export interface BaselineReply {
  baseline: Baseline;
}

/** Of a split at most. */
const mostRows = 20_000;
/** Logits kept, 16 MiB. */
const mostLogits = 2 ** 22;
const batchRows = 256;

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
  return {
    baseline: {
      ...judged(stored, preparation, { predictor, rows: validation }),
      means: meansOf(stored, preparation, train),
    },
  };
}

/** At most `count` of the rows, at equal steps in ascending order. */
function sampled(rows: Int32Array, count: number): Int32Array {
  const sorted = rows.slice().sort();
  if (sorted.length <= count) return sorted;
  return Int32Array.from({ length: count }, (_, place) => sorted[Math.floor((place * sorted.length) / count)]!);
}

function judged(
  stored: StoredDataset,
  preparation: RowsPreparation,
  { predictor, rows: only }: { predictor: Predictor; rows: Int32Array },
): Pick<Baseline, 'temperature' | 'residuals'> {
  const { target } = preparation;
  const outputs: number[] = [];
  const targets: number[] = [];
  const leftOut = { withoutTarget: 0, unknownClass: 0, incomplete: 0 };
  for (const batch of labelledRows(stored, preparation, { leftOut, only })) {
    for (const output of predictor.predict(batch.x, batch.rows.length)) outputs.push(output);
    targets.push(...batch.targets);
  }
  if (targets.length === 0) return { temperature: null, residuals: null };
  if (target.type === 'classification') {
    return { temperature: fitTemperature(Float32Array.from(outputs, logOf), targets), residuals: null };
  }
  const { mean, deviation } = target;
  const residuals = Float64Array.from(targets, (value, row) => value - (mean + deviation * outputs[row]!));
  return { temperature: null, residuals: residualQuantiles(residuals) };
}

function meansOf(stored: StoredDataset, preparation: RowsPreparation, only: Int32Array): number[] | null {
  if (preparation.kind !== 'columns') return null;
  const sums = new Float64Array(preparation.inputs);
  const leftOut = { withoutTarget: 0, unknownClass: 0, incomplete: 0 };
  let rows = 0;
  for (const {
    x,
    rows: { length },
  } of labelledRows(stored, preparation, { leftOut, only })) {
    x.forEach((value, at) => {
      sums[at % sums.length]! += value;
    });
    rows += length;
  }
  return Array.from(sums, (sum) => Math.fround(sum / rows));
}
