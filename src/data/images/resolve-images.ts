/** A job on images and their labels. `sequential` reads them in their own shape, `mlp` as rows of pixels. */
import { type DataShape, fillDefaults } from '../../engine/index.js';
import type { ImagesContents } from '../../schemas/dataset.js';
import { foldsOf, ImagesData, type ResolvedImagesSpec } from '../../schemas/dataset-spec.js';
import { balancedRows } from '../balance.js';
import { DataError } from '../errors.js';
import { refuseField, refuseModel } from '../resolve-checks.js';
import type { DataRequest, ResolvedData } from '../resolve-dataset.js';
import { checkFolds } from '../resolve-folds.js';
import { checkSplit } from '../resolve-split.js';

/** Throws DataError: `unsuitable_field`, `unsuitable_model`, `unsuitable_task`, `single_class`, `invalid_split`, `too_few_rows`. */
export function resolveImages(contents: ImagesContents, { dataset, task, model }: DataRequest): ResolvedData {
  const { shape, classes, testRowCount } = contents;
  refuseField(dataset, ImagesData, 'a dataset of images');
  if (model.type !== 'mlp' && model.type !== 'sequential') throw refuseModel(model, ['mlp', 'sequential'], 'an image');
  if (task !== 'auto' && task !== 'classification') {
    const details = { path: '/task', expected: 'classification', got: task };
    throw new DataError('unsuitable_task', `images have labels: expected classification, got ${task}`, details);
  }
  if (classes.length < 2) {
    const details = { path: '/dataset/id', expected: 'at least 2 classes', got: classes.length };
    throw new DataError('single_class', `classification needs at least 2 classes, got ${classes.length}`, details);
  }
  const split = dataset.split ?? { type: testRowCount > 0 ? 'given' : 'random' };
  const spec = fillDefaults(ImagesData, { ...dataset, split }) as ResolvedImagesSpec;
  const { rows, foldRows } = balancedImages(contents, spec);
  return {
    task: 'classification',
    dataset: spec,
    ...(model.type === 'sequential' && { model: { ...model, inputShape: model.inputShape ?? shape } }),
    shape: {
      task: 'classification',
      inputs: shape.reduce((product, size) => product * size, 1),
      outputs: classes.length,
      rows,
    },
    foldRows,
  };
}

/** Rows that a run has at most; those that were given to test with are no part of what is split. */
function balancedImages(contents: ImagesContents, { split, balance }: ResolvedImagesSpec) {
  const { classes, counts, testCounts } = contents;
  const facts =
    split.type === 'random'
      ? { split, counts }
      : {
          split: { ...split, type: 'random' as const, test: 0 },
          counts: counts?.map((count, index) => count - (testCounts?.[index] ?? 0)),
        };
  return balancedRows(balance, imageRows(contents, split), { ...facts, classes: classes.length });
}

/** Rows of each part. Throws DataError. */
export function imageRows(contents: ImagesContents, split: ResolvedImagesSpec['split']): DataShape['rows'] {
  const parts = imageParts(contents, split);
  checkFolds(foldsOf({ split }), 'rows', parts.train);
  return parts;
}

function imageParts(
  { rowCount, testRowCount, classes }: ImagesContents,
  split: ResolvedImagesSpec['split'],
): DataShape['rows'] {
  if (split.type === 'random') return checkSplit(split, rowCount, classes.length);
  if (testRowCount === 0) {
    const details = { path: '/dataset/split/type', expected: 'random', got: 'given' };
    throw new DataError('unsuitable_field', 'no images were given to test with: expected random, got given', details);
  }
  const others = rowCount - testRowCount;
  return { ...checkSplit({ validation: split.validation, test: 0 }, others, classes.length), test: testRowCount };
}
