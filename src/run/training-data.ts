/**
 * From the stored dataset to the engine's arrays: rows without a target are dropped, the rest is split, the preparation is
 * fitted on the training split alone (a function of data and spec, so a resumed run fits the same one), and each split is
 * encoded by it.
 */
import type { Columns } from '../data/columns.js';
import { encodeClasses, encodeRows } from '../data/encode.js';
import { feedArrays, feedImages, type Learnable } from '../data/feed/feed-data.js';
import { prepareImages } from '../data/images/prepare-images.js';
import { fitPreparation } from '../data/prepare.js';
import { countRows, eachSplit, type PreparedData } from '../data/prepared-data.js';
import { type SplitRows, splitRows } from '../data/split.js';
import type { StoredDataset } from '../data/stored-dataset.js';
import { readClasses, type TargetTask } from '../data/target.js';
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
      const { columns } = stored;
      const task = spec.task as TargetTask;
      const rows = splitRows(columns, { dataset: dataset as ResolvedColumnsSpec, task, seed: training.seed });
      if (model.type !== 'bert')
        return prepareColumns(columns, rows, { dataset: dataset as ResolvedColumnsSpec, task });
      return prepareTexts(columns, rows, { dataset: dataset as ResolvedTextsSpec, context: model.context });
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
  rows: SplitRows,
  { dataset, task }: { dataset: ResolvedColumnsSpec; task: TargetTask },
): PreparedData {
  const preparation = fitPreparation({ columns, dataset, task, rows: rows.train });
  const { target, inputs } = preparation;
  const outputs = target.type === 'classification' ? target.classes.length : 1;
  return {
    preparation,
    shape: { task, inputs, outputs, rows: countRows(rows) },
    data: eachSplit(rows, (part) => encodeRows(preparation, columns, part)),
    ...(target.type === 'regression' && {
      metricScale: { mean: [target.mean], deviation: [target.deviation] },
    }),
  };
}

function prepareTexts(
  columns: Columns,
  rows: SplitRows,
  { dataset, context }: { dataset: ResolvedTextsSpec; context: number },
): PreparedData {
  const preparation = fitTexts(columns, dataset, { rows: rows.train, context });
  const { target, tokenizer } = preparation;
  const classes = readClasses(columns, target.name);
  const { vocabulary } = openTokenizer(tokenizer);
  return {
    preparation,
    shape: textsShape({ context, vocabulary, classes: target.classes.length, rows: countRows(rows) }),
    data: eachSplit(rows, (part) => ({
      x: encodeTexts(preparation, columns, part),
      y: encodeClasses(target, classes, part),
    })),
  };
}
