/** Holds what a job says of single columns to the columns that there are. */
import { nearest } from '../nearest.js';
import type { ColumnInfo } from '../schemas/dataset.js';
import { DataError, pointerToken } from './errors.js';
import { type ColumnChoice, type ColumnSettings, featureColumns, settingsOf } from './features/choose.js';
import { familyOf, isFeatureType } from './features/index.js';
import { findColumn } from './resolve-checks.js';

/** Throws `unknown_column`, `unsuitable_column`, `unsuitable_field`, `incomplete_order`. */
export function checkSettings(columns: readonly ColumnInfo[], dataset: ColumnChoice & ColumnSettings): void {
  checkUse(columns, dataset);
  for (const column of featureColumns(columns, dataset)) checkOrder(column, dataset);
}

/** What is said of a column by its name must fit its use and its type. */
function checkUse(
  columns: readonly ColumnInfo[],
  { target, ignore, columns: settings }: ColumnChoice & ColumnSettings,
): void {
  for (const [name, given] of Object.entries(settings)) {
    const path = `/dataset/columns/${pointerToken(name)}`;
    const { type } = findColumn(columns, name, path);
    const use = name === target ? 'the target' : ignore.includes(name) ? 'ignored' : null;
    if (use !== null || !isFeatureType(type)) {
      const details = { path, column: name, expected: 'a column that is learnt from', got: use ?? type };
      throw new DataError('unsuitable_column', `column "${name}" is no feature, but ${details.got}`, details);
    }
    const { settings: known } = familyOf(type);
    const foreign = Object.keys(given).find((setting) => !known.some((one) => one === setting));
    if (foreign === undefined) continue;
    const message = `column "${name}" of the type ${type} takes no ${foreign}: expected ${known.join(', ')}`;
    throw new DataError('unsuitable_field', message, {
      ...{ path: `${path}/${foreign}`, column: name, expected: [...known], got: foreign },
    });
  }
}

/** An order of categories has all that there are. */
function checkOrder({ name, type, values = [] }: ColumnInfo, dataset: ColumnChoice & ColumnSettings): void {
  const { categories } = settingsOf(dataset, name);
  if (type !== 'category' || categories.type !== 'ordered') return;
  const got = values.find((value) => !categories.values.includes(value));
  if (got === undefined) return;
  const isOwn = dataset.columns[name]?.categories !== undefined;
  const meant = nearest(got, categories.values);
  throw new DataError('incomplete_order', `column "${name}" has the value "${got}", which the order lacks`, {
    path: `/dataset${isOwn ? `/columns/${pointerToken(name)}` : ''}/categories/values`,
    ...{ column: name, expected: 'every value of the column', got },
    ...(meant !== undefined && { hint: `did you write it as "${meant}"?` }),
  });
}
