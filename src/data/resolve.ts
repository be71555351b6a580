/**
 * Decides what a spec of a table's columns leaves open (the task, the columns that cannot be features) and refuses what cannot be
 * trained on, from the columns' descriptions alone: no file is read. Paths are JSON pointers into the JobSpec.
 */

import { nearest } from '../nearest.js';
import type { ColumnInfo } from '../schemas/dataset.js';
import type { RandomSplit, ResolvedColumnsSpec } from '../schemas/dataset-spec.js';
import { DataError } from './errors.js';
import { estimateInputs, featureColumns } from './features.js';
import { checkShares } from './resolve-checks.js';
import { type TargetTask, unsuitableTarget } from './target.js';

const targetPath = '/dataset/target';
const ignorePath = '/dataset/ignore';

/** Integers with at most this many distinct values are classes unless the spec says regression. */
const mostIntegerClasses = 20;
const mostClasses = 1_000;

export interface ResolvedDataset {
  task: TargetTask;
  /** Number of classes; absent for regression. */
  classes?: number;
  /** The spec's, then the text and identifier columns that it did not name. */
  ignore: string[];
  /** The columns that are learnt from. */
  features: ColumnInfo[];
  /** Upper bound of the model's input width. */
  estimatedInputs: number;
}

/**
 * Throws DataError: `unknown_column`, `target_ignored`, `unsuitable_target`, `single_class`, `constant_target`,
 * `too_many_classes`, `constant_column`, `no_features`, `invalid_split`, `too_few_rows`.
 */
export function resolveDatasetSpec(
  columns: readonly ColumnInfo[],
  rowCount: number,
  spec: Omit<ResolvedColumnsSpec, 'id'>,
  requestedTask: TargetTask | 'auto',
): ResolvedDataset {
  const target = findColumn(columns, spec.target, targetPath);
  spec.ignore.forEach((name, index) => {
    findColumn(columns, name, `${ignorePath}/${index}`);
  });
  const ignoredAt = spec.ignore.indexOf(target.name);
  if (ignoredAt >= 0) {
    const details = { path: `${ignorePath}/${ignoredAt}`, column: target.name };
    throw new DataError('target_ignored', `the target "${target.name}" is ignored`, details);
  }
  const task = requestedTask === 'auto' ? taskFor(target) : requestedTask;
  checkTarget(target, task);
  const targetRows = rowCount - target.missing;
  checkSplit(spec.split, targetRows, task === 'classification' ? target.distinct : 1);

  const candidates = featureColumns(columns, spec);
  refuseConstants(candidates);
  const useless = candidates.filter((column) => column.type === 'text' || isIdentifier(column, rowCount));
  const ignore = [...spec.ignore, ...useless.map(({ name }) => name)];
  const features = featureColumns(columns, { target: target.name, ignore });
  if (features.length === 0) {
    throw new DataError('no_features', 'no column is left to learn from', {
      path: ignorePath,
      expected: 'at least one column of numbers, categories, booleans or dates beside the target',
      got: `ignored: ${ignore.join(', ') || 'none'}`,
    });
  }
  const estimatedInputs = estimateInputs(columns, { target: target.name, ignore });
  return { task, ignore, features, estimatedInputs, ...(task === 'classification' && { classes: target.distinct }) };
}

export function findColumn(columns: readonly ColumnInfo[], name: string, path: string): ColumnInfo {
  const found = columns.find((column) => column.name === name);
  if (found) return found;
  const meant = nearest(
    name,
    columns.map((column) => column.name),
  );
  throw new DataError('unknown_column', `the dataset has no column "${name}"`, {
    path,
    column: name,
    got: name,
    ...(meant !== undefined && { hint: `did you mean "${meant}"?` }),
  });
}

/** Categories, booleans and integers with few values are classes; other numbers are quantities. */
export function taskFor({ type, integer, distinct }: ColumnInfo): TargetTask {
  if (type !== 'number') return 'classification';
  return integer && distinct <= mostIntegerClasses ? 'classification' : 'regression';
}

export function checkTarget({ name, type, integer, distinct }: ColumnInfo, task: TargetTask): void {
  const path = targetPath;
  if (task === 'regression') {
    if (type !== 'number') throw unsuitableTarget(name, task, 'a number column', type);
    if (distinct > 1) return;
    const message = `target "${name}": every value is the same`;
    throw new DataError('constant_target', message, {
      path,
      column: name,
      expected: 'at least 2 values',
      got: distinct,
    });
  }
  if (type === 'text' || type === 'date' || (type === 'number' && !integer)) {
    throw unsuitableTarget(
      name,
      task,
      'a category, boolean or integer column',
      type === 'number' ? 'real number' : type,
    );
  }
  if (distinct < 2) {
    const message = `target "${name}": classification needs at least 2 classes, got ${distinct}`;
    throw new DataError('single_class', message, { path, column: name, expected: 'at least 2 classes', got: distinct });
  }
  if (distinct > mostClasses) {
    const message = `target "${name}": at most ${mostClasses} classes can be told apart, got ${distinct}`;
    throw new DataError('too_many_classes', message, {
      path,
      column: name,
      expected: `at most ${mostClasses} classes`,
      got: distinct,
      ...(type === 'number' && { hint: 'set task to "regression"' }),
    });
  }
}

/** Each part that is asked for must get a row, and train one of each class. */
export function checkSplit(
  { validation, test }: Pick<RandomSplit, 'validation' | 'test'>,
  rows: number,
  classes: number,
): void {
  checkShares({ validation, test });
  const [forValidation, forTest] = [Math.round(validation * rows), Math.round(test * rows)];
  const starved = (validation > 0 && forValidation === 0) || (test > 0 && forTest === 0);
  if (!starved && rows - forValidation - forTest >= classes) return;
  throw new DataError('too_few_rows', `${rows} rows with a target are too few for this split`, {
    path: '/dataset/split',
    expected: `at least one row in each part, ${classes} in train`,
    got: `train ${rows - forValidation - forTest}, validation ${forValidation}, test ${forTest}`,
  });
}

/** A column with one value, or none, says nothing: likely a mistake in the export, so it is left to the user to drop it. */
function refuseConstants(candidates: readonly ColumnInfo[]): void {
  const constants = candidates.filter(({ distinct }) => distinct <= 1);
  const [first] = constants;
  if (!first) return;
  const what = first.distinct === 0 ? 'has no value at all' : 'has the same value in every row';
  throw new DataError('constant_column', `column "${first.name}" ${what}`, {
    path: ignorePath,
    column: first.name,
    expected: 'at least 2 distinct values',
    got: first.distinct,
    hint: `add ${constants.map(({ name }) => JSON.stringify(name)).join(', ')} to dataset.ignore`,
  });
}

const identifierName = /^(id|index|row|row[ _-]?(id|number|index|no)|unnamed: 0|.+[ _-]id)$/i;
const camelIdentifier = /[a-z]I[dD]$/;

/** A column of integers that differ in every row and is named as one names keys. */
export const isIdentifier = ({ name, type, integer, missing, distinct }: ColumnInfo, rowCount: number): boolean =>
  type === 'number' &&
  integer === true &&
  missing === 0 &&
  distinct === rowCount &&
  (identifierName.test(name) || camelIdentifier.test(name));
