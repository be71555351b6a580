/**
 * From the stored dataset to the engine's arrays: rows without a target are dropped, the rest is split, the preparation is
 * fitted on the training split alone (a function of data and spec, so a resumed run fits the same one), and each split is
 * encoded by it.
 */
import { balanceRows } from '../data/balance.js';
import type { Columns } from '../data/columns.js';
import { encodeClasses, encodeRows } from '../data/encode.js';
import { DataError } from '../data/errors.js';
import { completeColumns } from '../data/features/choose.js';
import { feedArrays, feedImages, type Learnable } from '../data/feed/feed-data.js';
import { prepareImages } from '../data/images/prepare-images.js';
import { fitPreparation } from '../data/prepare.js';
import { countRows, eachSplit, type PreparedData } from '../data/prepared-data.js';
import { splitRows } from '../data/split.js';
import type { SplitRows } from '../data/splits/splitting.js';
import type { StoredDataset } from '../data/stored-dataset.js';
import { type Classes, readClasses, type TargetTask } from '../data/target.js';
import { prepareStream } from '../data/text/prepare-stream.js';
import type { TextTask } from '../data/text/stream.js';
import { encodeTexts, fitTexts, textsShape } from '../data/text/texts.js';
import { openTokenizer } from '../data/text/tokenizer.js';
import type {
  ResolvedColumnsSpec,
  ResolvedImagesSpec,
  ResolvedTextSpec,
  ResolvedTextsSpec,
} from '../schemas/dataset-spec.js';
import type { ResolvedJobSpec } from '../schemas/job-spec.js';

/** The spec was resolved against this very dataset, so that its fields are those of what the dataset holds. */
export function prepareTrainingData(stored: StoredDataset, spec: ResolvedJobSpec): Learnable {
  const { augmentation } = spec;
  if (stored.kind === 'images' && augmentation.length > 0) {
    const { split } = spec.dataset as ResolvedImagesSpec;
    return feedImages(stored.images, { split, seed: spec.training.seed }, augmentation);
  }
  const prepared = prepareSplits(stored, spec);
  return augmentation.length > 0 ? feedArrays(prepared, augmentation) : prepared;
}

function prepareSplits(stored: StoredDataset, spec: ResolvedJobSpec): PreparedData {
  const { dataset, model, training } = spec;
  switch (stored.kind) {
    case 'table': {
      const task = spec.task as TargetTask;
      const { seed } = training;
      return model.type === 'bert'
        ? prepareTexts(stored.columns, dataset as ResolvedTextsSpec, { context: model.context, seed })
        : prepareColumns(stored.columns, dataset as ResolvedColumnsSpec, { task, seed });
    }
    case 'images':
      return prepareImages(stored.images, { split: (dataset as ResolvedImagesSpec).split, seed: training.seed });
    case 'text': {
      const { context } = model as Extract<typeof model, { context: number }>;
      return prepareStream(stored.text, dataset as ResolvedTextSpec, { task: spec.task as TextTask, context });
    }
    default:
      throw new Error(`dataset ${stored satisfies never}`);
  }
}

function prepareColumns(
  columns: Columns,
  dataset: ResolvedColumnsSpec,
  { task, seed }: { task: TargetTask; seed: number },
): PreparedData {
  const complete = completeColumns(columns.info, dataset).map(({ name }) => name);
  const rows = requireTraining(splitRows(columns, { dataset, complete, task, seed }));
  const preparation = fitPreparation({ columns, dataset, task, rows: rows.train });
  const { target, inputs } = preparation;
  const learnt = task === 'regression' ? rows : balanced(rows, readClasses(columns, target.name), { ...dataset, seed });
  const outputs = target.type === 'classification' ? target.classes.length : 1;
  return {
    preparation,
    shape: { task, inputs, outputs, rows: countRows(learnt) },
    data: eachSplit(learnt, (part) => encodeRows(preparation, columns, part)),
    ...(target.type === 'regression' && {
      metricScale: { mean: [target.mean], deviation: [target.deviation] },
    }),
  };
}

function prepareTexts(
  columns: Columns,
  dataset: ResolvedTextsSpec,
  { context, seed }: { context: number; seed: number },
): PreparedData {
  const rows = requireTraining(splitRows(columns, { dataset, task: 'classification', seed }));
  const preparation = fitTexts(columns, dataset, { rows: rows.train, context });
  const { target, tokenizer } = preparation;
  const classes = readClasses(columns, target.name);
  const { vocabulary } = openTokenizer(tokenizer);
  const learnt = balanced(rows, classes, { ...dataset, seed });
  return {
    preparation,
    shape: textsShape({ context, vocabulary, classes: target.classes.length, rows: countRows(learnt) }),
    data: eachSplit(learnt, (part) => ({
      x: encodeTexts(preparation, columns, part),
      y: encodeClasses(target, classes, part),
    })),
  };
}

/** Preparations are fitted to the rows as they are; what is repeated or left out is so for learning alone. */
const balanced = (
  rows: SplitRows,
  classes: Classes,
  { balance, seed }: Pick<ResolvedColumnsSpec, 'balance'> & { seed: number },
): SplitRows => ({ ...rows, train: balanceRows(rows.train, classes, balance, seed) });

/** How many rows a part has is known for sure only now, where values are missing or parts depend on them. */
function requireTraining(rows: SplitRows): SplitRows {
  if (rows.train.length > 0) return rows;
  const details = { path: '/dataset/split', expected: 'at least one row to train on', got: `${rows.dropped} left out` };
  throw new DataError('too_few_rows', 'no row is left to train on', details);
}
