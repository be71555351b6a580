/**
 * Decides what a spec of a table's columns leaves open (the task, the columns that cannot be features) and refuses what cannot be
 * trained on, from the columns' descriptions alone: no file is read. Paths are JSON pointers into the JobSpec.
 */

import type { DataShape } from '../engine/index.js';
import type { ColumnInfo } from '../schemas/dataset.js';
import type { ResolvedColumnsSpec } from '../schemas/dataset-spec.js';
import { balancedRows, checkBalance } from './balance.js';
import { DataError } from './errors.js';
import { completeColumns, featureColumns, settingsOf } from './features/choose.js';
import { mostEmbedded } from './features/embedded.js';
import { mostInputs } from './features/index.js';
import { findColumn } from './resolve-checks.js';
import { checkSettings } from './resolve-settings.js';
import { placingColumn, resolveSplit } from './resolve-split.js';
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
  /** The spec's, then the column that the split goes by, text and identifiers, where it did not name them. */
  ignore: string[];
  /** The columns that are learnt from. */
  features: ColumnInfo[];
  /** Upper bound of the model's input width. */
  estimatedInputs: number;
  /** Of the inputs; with as many values as there may be. */
  embedded?: DataShape['embedded'];
  /** At most. */
  rows: DataShape['rows'];
  /** Of the run of a fold, where there are folds; at most. */
  foldRows: DataShape['rows'] | null;
}

/**
 * Throws DataError: `unknown_column`, `target_ignored`, `unsuitable_target`, `single_class`, `constant_target`,
 * `too_many_classes`, `constant_column`, `no_features`, those of the split (resolve-split.ts) and of the columns' settings.
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
  const classes = task === 'classification' ? target.distinct : 1;
  const placing = placingColumn(spec.split).filter((name) => !spec.ignore.includes(name));
  const candidates = featureColumns(columns, { target: target.name, ignore: [...spec.ignore, ...placing] });
  refuseConstants(candidates);
  const useless = candidates.filter((column) => column.type === 'text' || isIdentifier(column, rowCount));
  const ignore = [...spec.ignore, ...placing, ...useless.map(({ name }) => name)];
  const features = featureColumns(columns, { target: target.name, ignore });
  if (features.length === 0) {
    throw new DataError('no_features', 'no column is left to learn from', {
      path: ignorePath,
      expected: 'at least one column of numbers, categories, booleans or dates beside the target',
      got: `ignored: ${ignore.join(', ') || 'none'}`,
    });
  }
  checkSettings(columns, { ...spec, ignore });
  const estimatedInputs = features.reduce((sum, info) => sum + mostInputs(info, settingsOf(spec, info.name)), 0);
  const incomplete = completeColumns(features, spec).map(({ missing }) => missing);
  const rows = rowCount - Math.max(target.missing, ...incomplete);
  const parts = resolveSplit(spec.split, { columns, target: target.name, rows, classes });
  checkBalance(spec.balance, task);
  const facts = { split: spec.split, counts: target.counts, classes };
  return {
    ...{ task, ignore, features, estimatedInputs, ...mostEmbedded(features, spec) },
    ...(task === 'classification' && { classes }),
    ...balancedRows(spec.balance, parts, facts),
  };
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
