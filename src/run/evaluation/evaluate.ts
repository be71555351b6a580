/** A model measured on a dataset, in a process of its own (workers/evaluate.ts). */
import type { RowsPreparation } from '../../data/preparation.js';
import type { StoredDataset } from '../../data/stored-dataset.js';
import { rowAt } from '../../data/stored-rows.js';
import { chooseKernels, createPredictor, type KernelsRequest, readHeader } from '../../engine/index.js';
import type { Evaluated } from '../../schemas/evaluation.js';
import type { DatasetTask } from '../answer-of-dataset.js';
import { readPreparation } from '../checkpoint-metadata.js';
import { type ModelWeights, readModel } from '../model-file.js';
import { classifications } from './classifications.js';
import { type LeftOut, labelledRows } from './labelled-rows.js';
import { regressions } from './regressions.js';
import { type SliceName, slicingOf } from './slices.js';
import { evaluateStream } from './stream.js';
import type { WorstRow } from './worst-rows.js';

export interface EvaluationTask extends DatasetTask {
  model: ModelWeights;
  kernels: KernelsRequest;
  /** Column; null: all rows together. */
  sliceBy: string | null;
  /** Of two classes; null: the likelier one is chosen. */
  threshold: number | null;
}

export interface EvaluationReply {
  evaluated: Evaluated;
}

/** What collects a model's answers as the batches go by. */
export interface Collector {
  /** `outputs`: the model's answer to the row from `at` on. */
  add(row: number, outputs: Float32Array, place: { at: number; target: number; slice: number }): void;
  report(): Pick<Evaluated, 'metrics' | 'curves' | 'calibration'> & {
    slices: NonNullable<Evaluated['slices']>['items'];
    worst: WorstRow[];
  };
}

/** Rows of one forward pass. */
const batchRows = 256;

/** Throws DataError where the dataset does not fit the model. */
export async function evaluateModel(stored: StoredDataset, task: EvaluationTask): Promise<EvaluationReply> {
  const { factory } = chooseKernels(task.kernels);
  const file = await readModel(task.model);
  const preparation = readPreparation(readHeader(file).metadata);
  const predictor = await createPredictor(file, factory, batchRows);
  if (preparation.kind === 'stream') return { evaluated: evaluateStream(stored, preparation, predictor) };
  const slicing = task.sliceBy === null ? null : slicingOf(stored, task.sliceBy);
  const collector = collectorOf(stored, preparation, { threshold: task.threshold, names: slicing?.names ?? [] });
  const leftOut: LeftOut = { withoutTarget: 0, unknownClass: 0, incomplete: 0 };
  for (const { rows, x, targets } of labelledRows(stored, preparation, { leftOut })) {
    const outputs = predictor.predict(x, rows.length);
    const width = outputs.length / rows.length;
    const first = rows[0]!;
    const sliceOf = slicing?.read(first, rows.at(-1)! + 1);
    rows.forEach((row, index) => {
      collector.add(row, outputs, { at: index * width, target: targets[index]!, slice: sliceOf?.(row - first) ?? 0 });
    });
  }
  const { slices, worst, ...report } = collector.report();
  return {
    evaluated: {
      rows: { total: rowCountOf(stored), ...leftOut },
      ...report,
      slices: task.sliceBy === null ? null : { column: task.sliceBy, items: slices },
      worst: worst.map((row) => ({ ...row, values: valuesOf(stored, row.row) })),
    },
  };
}

function collectorOf(
  stored: StoredDataset,
  { target }: RowsPreparation,
  { threshold, names }: { threshold: number | null; names: readonly SliceName[] },
): Collector {
  if (target.type === 'regression') return regressions(target, names);
  return classifications(target.classes, { rows: rowCountOf(stored), threshold, names });
}

function rowCountOf(stored: StoredDataset): number {
  if (stored.kind === 'table') return stored.columns.rowCount;
  return stored.kind === 'images' ? stored.images.contents.rowCount : 0;
}

const longestText = 500;

/** A row as it stands; an image is asked for by its place. */
function valuesOf(stored: StoredDataset, row: number): Record<string, unknown> | null {
  if (stored.kind !== 'table') return null;
  const cut = (value: unknown) => (typeof value === 'string' ? value.slice(0, longestText) : value);
  return Object.fromEntries(Object.entries(rowAt(stored.columns, row)).map(([name, value]) => [name, cut(value)]));
}
