/** Which columns a job learns from, and what it says of each. */
import type { ColumnInfo } from '../../schemas/dataset.js';
import type { ResolvedColumnsSpec } from '../../schemas/dataset-spec.js';
import { type ResolvedSettings, settingNames } from '../../schemas/preparation-spec.js';

/** The part of a dataset spec that chooses columns. */
export type ColumnChoice = Pick<ResolvedColumnsSpec, 'target' | 'ignore'>;
/** The part that says how they are prepared. */
export type ColumnSettings = ResolvedSettings & Pick<ResolvedColumnsSpec, 'columns'>;

/** The columns that are neither the target nor ignored, in the dataset's order. */
export function featureColumns<Info extends Pick<ColumnInfo, 'name'>>(
  columns: readonly Info[],
  { target, ignore }: ColumnChoice,
): Info[] {
  const left = new Set([target, ...ignore]);
  return columns.filter(({ name }) => !left.has(name));
}

/** What is said of one column: by its own name, else for all. */
export function settingsOf(dataset: ColumnSettings, name: string): ResolvedSettings {
  const own = Object.hasOwn(dataset.columns, name) ? dataset.columns[name] : undefined;
  return Object.fromEntries(
    settingNames.map((setting) => [setting, own?.[setting] ?? dataset[setting]]),
  ) as ResolvedSettings;
}

/** The features of which every row must have a value. */
export const completeColumns = <Info extends Pick<ColumnInfo, 'name'>>(
  columns: readonly Info[],
  dataset: ColumnChoice & ColumnSettings,
): Info[] => featureColumns(columns, dataset).filter(({ name }) => settingsOf(dataset, name).missing.type === 'drop');
