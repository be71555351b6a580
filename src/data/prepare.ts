/**
 * The preparation of columns: how they become the model's inputs, and its outputs answers. Fitted on the training split
 * alone, so that nothing of validation and test leaks into a model; plain JSON, so that it lives in the checkpoint.
 */
import type { ResolvedColumnsSpec } from '../schemas/dataset-spec.js';
import type { Columns } from './columns.js';
import { featureColumns, settingsOf } from './features/choose.js';
import { type Feature, fitFeature, widthOf } from './features/index.js';
import { moments, observed } from './features/statistics.js';
import { type Classes, readTarget, type TargetTask } from './target.js';

export interface PreparedClasses {
  type: 'classification';
  name: string;
  classes: string[];
}
type PreparedTarget =
  | PreparedClasses
  /** The model learns (value − mean) / deviation. */
  | { type: 'regression'; name: string; mean: number; deviation: number };

export interface ColumnsPreparation {
  kind: 'columns';
  features: Feature[];
  target: PreparedTarget;
  /** Columns of the dataset that a raw row may hold and that are not looked at: the target and the ignored. */
  unused: string[];
  /** Width of the model's input. */
  inputs: number;
}

export interface PreparationRequest {
  columns: Columns;
  dataset: Omit<ResolvedColumnsSpec, 'id' | 'split'>;
  task: TargetTask;
  /** The training split's rows; each has a target. */
  rows: Int32Array;
  /** Before, to other rows: its features are taken over, and of the same quantity its scale. */
  fitted?: ColumnsPreparation | undefined;
}

/** Fits features and target to the given rows. Text columns must have been ignored. */
export function fitPreparation({ columns, dataset, task, rows, fitted }: PreparationRequest): ColumnsPreparation {
  const features =
    fitted?.features ??
    featureColumns(columns.info, dataset).map(({ name }) =>
      fitFeature({ name, column: columns.column(name), rows, settings: settingsOf(dataset, name) }),
    );
  const used = new Set(features.map(({ name }) => name));
  return {
    kind: 'columns',
    features,
    target: isSameQuantity(fitted?.target, dataset.target, task)
      ? fitted!.target
      : fitTarget(columns, dataset.target, task, rows),
    unused: columns.info.map(({ name }) => name).filter((name) => !used.has(name)),
    inputs: features.reduce((sum, feature) => sum + widthOf(feature), 0),
  };
}

const isSameQuantity = (target: PreparedTarget | undefined, name: string, task: TargetTask): boolean =>
  target?.type === 'regression' && task === 'regression' && target.name === name;

function fitTarget(columns: Columns, name: string, task: TargetTask, rows: Int32Array): PreparedTarget {
  const { classes, values } = readTarget(columns, name, task);
  return classes
    ? fitClasses(name, { classes, values }, rows)
    : { type: 'regression', name, ...moments(observed(values, rows)) };
}

/** The classes that the given rows hold, in their order. */
export function fitClasses(name: string, { classes, values }: Classes, rows: Int32Array): PreparedClasses {
  const seen = new Set(Array.from(rows, (row) => values[row]!));
  return { type: 'classification', name, classes: classes.filter((_, index) => seen.has(index)) };
}
