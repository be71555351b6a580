/**
 * The preparation of columns: how they become the model's inputs, and its outputs answers. Fitted on the training split
 * alone, so that nothing of validation and test leaks into a model; plain JSON, so that it lives in the checkpoint.
 */
import type { ResolvedColumnsSpec } from '../schemas/dataset-spec.js';
import type { CodedColumn, Columns } from './columns.js';
import { featureColumns } from './features.js';
import { type Classes, readTarget, type TargetTask } from './target.js';

/** One input: (value − mean) / deviation; a missing value becomes the mean, hence 0. Dates are epoch milliseconds. */
interface NumberFeature {
  name: string;
  type: 'number' | 'date';
  mean: number;
  /** Of the population, √(Σ(x − mean)² / n); 1 where that is 0. */
  deviation: number;
}

/** One input, 0 or 1. */
interface BooleanFeature {
  name: string;
  type: 'boolean';
  /** Stands for a missing value: the most frequent one. */
  fill: boolean;
}

/** One input for each of `values`, one-hot; a value that is not among them gives all zeros. */
export interface CategoryFeature {
  name: string;
  type: 'category';
  /** Those that the training split holds, sorted. */
  values: string[];
  /** Index in `values` that stands for a missing value: the most frequent one, the first on a tie. */
  fill: number;
}

export type Feature = NumberFeature | BooleanFeature | CategoryFeature;

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
  dataset: Pick<ResolvedColumnsSpec, 'target' | 'ignore'>;
  task: TargetTask;
  /** The training split's rows; each has a target. */
  rows: Int32Array;
}

/** Inputs that a feature becomes. */
export const widthOf = (feature: Feature): number => (feature.type === 'category' ? feature.values.length : 1);

/** Fits imputation, scaling and one-hot encoding to the given rows. Text columns must have been ignored. */
export function fitPreparation({ columns, dataset, task, rows }: PreparationRequest): ColumnsPreparation {
  const features = featureColumns(columns.info, dataset).map(({ name }) => fitFeature(columns, name, rows));
  const used = new Set(features.map(({ name }) => name));
  return {
    kind: 'columns',
    features,
    target: fitTarget(columns, dataset.target, task, rows),
    unused: columns.info.map(({ name }) => name).filter((name) => !used.has(name)),
    inputs: features.reduce((sum, feature) => sum + widthOf(feature), 0),
  };
}

function fitFeature(columns: Columns, name: string, rows: Int32Array): Feature {
  const column = columns.column(name);
  switch (column.type) {
    case 'number':
    case 'date':
      return { name, type: column.type, ...moments(column.values, rows) };
    case 'boolean': {
      const [falses, trues] = countCodes(column, rows);
      return { name, type: 'boolean', fill: trues! > falses! };
    }
    case 'category': {
      const counts = countCodes(column, rows);
      const values = column.values.filter((_, code) => counts[code]! > 0);
      const seen = counts.filter((count) => count > 0);
      return { name, type: 'category', values, fill: Math.max(0, seen.indexOf(Math.max(...seen))) };
    }
    case 'text':
      throw new Error(`feature "${name}" is a text column: resolving the spec ignores those`);
    default:
      throw new Error(`column type ${column satisfies never}`);
  }
}

function fitTarget(columns: Columns, name: string, task: TargetTask, rows: Int32Array): PreparedTarget {
  const { classes, values } = readTarget(columns, name, task);
  return classes ? fitClasses(name, { classes, values }, rows) : { type: 'regression', name, ...moments(values, rows) };
}

/** The classes that the given rows hold, in their order. */
export function fitClasses(name: string, { classes, values }: Classes, rows: Int32Array): PreparedClasses {
  const seen = new Set(Array.from(rows, (row) => values[row]!));
  return { type: 'classification', name, classes: classes.filter((_, index) => seen.has(index)) };
}

/** Mean and population deviation of the values that are there, in two passes; 0 and 1 if there is none. */
function moments(values: Float64Array, rows: Int32Array): { mean: number; deviation: number } {
  let [sum, squares, count] = [0, 0, 0];
  for (const row of rows) {
    const value = values[row]!;
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
  }
  const mean = count > 0 ? sum / count : 0;
  for (const row of rows) {
    const value = values[row]!;
    if (!Number.isNaN(value)) squares += (value - mean) ** 2;
  }
  const deviation = Math.sqrt(squares / Math.max(count, 1));
  // A constant that is no binary fraction misses its own mean by a rounding: that is no spread
  return { mean, deviation: deviation > 1e-12 * Math.abs(mean) ? deviation : 1 };
}

/** Rows with each code. */
function countCodes({ codes, values }: CodedColumn, rows: Int32Array): number[] {
  const counts = new Array<number>(values.length).fill(0);
  for (const row of rows) {
    const code = codes[row]!;
    if (code >= 0) counts[code]!++;
  }
  return counts;
}
