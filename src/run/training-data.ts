/**
 * From the columnar dataset to the engine's arrays: rows without a target are dropped, the rest is split, the
 * preparation is fitted on the training split alone (a function of data and spec, so a resumed run fits the same one),
 * and each split is encoded by it.
 */
import type { Columns } from '../data/columns.js';
import { encodeRows } from '../data/encode.js';
import { fitPreparation, type Preparation } from '../data/prepare.js';
import { splitRows } from '../data/split.js';
import type { DataShape, MetricScale, Split, TrainingData } from '../engine/index.js';
import type { ResolvedJobSpec } from '../schemas/job-spec.js';

export interface PreparedData {
  preparation: Preparation;
  shape: DataShape;
  data: TrainingData;
  /** How a regression's target was scaled, so that metrics are reported in its own units. */
  metricScale?: MetricScale;
}

export function prepareTrainingData(columns: Columns, { dataset, task, training }: ResolvedJobSpec): PreparedData {
  const rows = splitRows(columns, { dataset, task, seed: training.seed });
  const preparation = fitPreparation({ columns, dataset, task, rows: rows.train });
  const encode = (part: Int32Array): Split => ({ rows: part.length, ...encodeRows(preparation, columns, part) });
  const { target, inputs } = preparation;
  return {
    preparation,
    shape: {
      task,
      inputs,
      outputs: target.type === 'classification' ? target.classes.length : 1,
      rows: { train: rows.train.length, validation: rows.validation.length, test: rows.test.length },
    },
    data: { train: encode(rows.train), validation: encode(rows.validation), test: encode(rows.test) },
    ...(target.type === 'regression' && {
      metricScale: { mean: [target.mean], deviation: [target.deviation] },
    }),
  };
}
