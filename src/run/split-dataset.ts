/** Which rows of a dataset train, validate and test in a job: a function of the two, known without encoding any. */
import type { Columns } from '../data/columns.js';
import { completeColumns, featureColumns } from '../data/features/choose.js';
import { type ImagesRequest, splitImages } from '../data/images/prepare-images.js';
import { splitRows } from '../data/split.js';
import type { SplitRows } from '../data/splits/splitting.js';
import type { StoredDataset } from '../data/stored-dataset.js';
import type { TargetTask } from '../data/target.js';
import type { ResolvedColumnsSpec, ResolvedImagesSpec, ResolvedTextsSpec } from '../schemas/dataset-spec.js';
import type { ResolvedJobSpec } from '../schemas/job-spec.js';

/** Before classes are balanced; null of a text, which is cut and not parted by rows. */
export function splitDataset(stored: StoredDataset, spec: ResolvedJobSpec): SplitRows | null {
  if (stored.kind === 'table') return splitTable(stored.columns, spec, null);
  return stored.kind === 'images' ? splitImages(stored.images, imagesRequest(spec, null)) : null;
}

/** `fold`: the one that validates, from 0; null: the parts are those of the split. */
export function splitTable(
  columns: Columns,
  { dataset, task, model, training: { seed } }: ResolvedJobSpec,
  fold: number | null,
): SplitRows {
  if (model.type === 'bert') {
    const texts = dataset as ResolvedTextsSpec;
    const distinct = texts.duplicates.type === 'drop' ? [texts.text] : null;
    return splitRows(columns, { dataset: texts, distinct, task: 'classification', seed, fold });
  }
  const table = dataset as ResolvedColumnsSpec;
  const complete = completeColumns(columns.info, table).map(({ name }) => name);
  const features = featureColumns(columns.info, table).map(({ name }) => name);
  const distinct = table.duplicates.type === 'drop' ? features : null;
  return splitRows(columns, { dataset: table, complete, distinct, task: task as TargetTask, seed, fold });
}

export function imagesRequest({ dataset, training }: ResolvedJobSpec, fold: number | null): ImagesRequest {
  const { split, duplicates, balance } = dataset as ResolvedImagesSpec;
  return { split, dropsDuplicates: duplicates.type === 'drop', balance, seed: training.seed, fold };
}
