/** What a profile is asked for, held to what the dataset is. */
import { Type } from '#typebox';
import { fillDefaults } from '../../engine/index.js';
import type { DatasetContents, ImagesContents, TableContents } from '../../schemas/dataset.js';
import {
  ColumnsData,
  ImagesData,
  type ProfiledData,
  type ResolvedColumnsSpec,
  type ResolvedImagesSpec,
  TextData,
  TextsData,
} from '../../schemas/dataset-spec.js';
import { completeColumns } from '../features/choose.js';
import { imageRows } from '../images/resolve-images.js';
import { taskFor } from '../resolve.js';
import { findColumn, refuseField, requireTarget, unlearnable } from '../resolve-checks.js';
import { settleFolds } from '../resolve-folds.js';
import { checkSettings } from '../resolve-settings.js';
import { resolveSplit } from '../resolve-split.js';
import type { ProfileSpec } from './profile.js';

const TableData = Type.Object({ ...ColumnsData.properties, ...TextsData.properties });

/**
 * Throws DataError for what a job with the same fields would be refused for, but for what the profile is there to tell:
 * constant columns, and few rows where no split is asked for.
 */
export function resolveProfile(contents: DatasetContents, said: ProfiledData, seed: number): ProfileSpec {
  const asked = settleFolds(said);
  switch (contents.kind) {
    case 'table':
      return { kind: 'table', ...resolveTable(contents, asked), seed };
    case 'images':
      return { kind: 'images', ...resolveImages(contents, asked), seed };
    case 'text':
      refuseField({ id: '', ...asked }, TextData, 'a text');
      return { kind: 'text' };
    case 'weights':
      throw unlearnable();
    default:
      throw new Error(`contents ${contents satisfies never}`);
  }
}

function resolveTable({ columns, rowCount }: TableContents, asked: ProfiledData) {
  const dataset = { id: '', ...asked };
  refuseField(dataset, TableData, 'a table');
  const filled = fillDefaults(TableData, asked) as Omit<ResolvedColumnsSpec, 'id'>;
  const { ignore, split, duplicates } = filled;
  ignore.forEach((name, index) => {
    findColumn(columns, name, `/dataset/ignore/${index}`);
  });
  const dropsDuplicates = duplicates.type === 'drop';
  if (asked.target === undefined) {
    if (asked.split !== undefined) requireTarget(dataset);
    return { target: null, ignore, split, complete: [], dropsDuplicates };
  }
  const column = findColumn(columns, asked.target, '/dataset/target');
  const target = column.name;
  checkSettings(columns, filled);
  if (asked.split !== undefined) {
    const classes = taskFor(column) === 'classification' ? column.distinct : 1;
    resolveSplit(split, { columns, target, rows: rowCount - column.missing, classes });
  }
  const complete = completeColumns(columns, filled).filter(({ type }) => type !== 'text');
  return { target, ignore, split, complete: complete.map(({ name }) => name), dropsDuplicates };
}

function resolveImages(contents: ImagesContents, asked: ProfiledData) {
  refuseField({ id: '', ...asked }, ImagesData, 'a dataset of images');
  const asking = { ...asked, split: asked.split ?? { type: contents.testRowCount > 0 ? 'given' : 'random' } };
  const { split, duplicates } = fillDefaults(ImagesData, asking) as Omit<ResolvedImagesSpec, 'id'>;
  if (asked.split !== undefined) imageRows(contents, split);
  return { split, dropsDuplicates: duplicates.type === 'drop' };
}
