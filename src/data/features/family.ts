/** What the columns of one type have in common as features: how they are fitted, how wide they become, how they are written. */
import type { ColumnInfo } from '../../schemas/dataset.js';
import type { ResolvedSettings, SettingName } from '../../schemas/preparation-spec.js';

/** What every feature says; plain JSON, so that it lives in the checkpoint. */
export interface FeatureBase {
  name: string;
  /** The field that stands for a missing one; null where rows that miss one are refused. */
  fill: number | null;
  /** Whether its last input says that the value is missing. */
  indicator: boolean;
}

export interface FitRequest<Column> {
  name: string;
  column: Column;
  /** The training split's. */
  rows: Int32Array;
  settings: ResolvedSettings;
}

/**
 * A field is a row's value as a number: the number, epoch milliseconds, 0 or 1, or the place of a category. Training reads
 * fields from columns and predict from raw rows; what is made of them is the same.
 */
export interface Family<Feature extends FeatureBase, Column> {
  /** The settings that are asked of such a column. */
  readonly settings: readonly SettingName[];
  /** What a raw row may hold, for messages. */
  readonly expected: string;
  fit(request: FitRequest<Column>): Feature;
  /** Upper bound of the inputs, from the column's description, but for an indicator. */
  mostInputs(info: ColumnInfo, settings: ResolvedSettings): number;
  /** Inputs, but for an indicator. */
  width(feature: Feature): number;
  /** The field of each row; NaN is missing. */
  fields(feature: Feature, column: Column): (row: number) => number;
  /** The field of a raw value that is not missing; null where it does not fit. */
  rawField(feature: Feature): (value: unknown) => number | null;
  /** Writes the inputs of a field to `x` from `at` on, where all is zero. */
  writer(feature: Feature): Writer;
}

export type Writer = (field: number, x: Float32Array, at: number) => void;
