/** Holds what a job says of single columns to the columns that there are. */
import type { ColumnInfo } from '../schemas/dataset.js';
import type { ResolvedColumnsSpec } from '../schemas/dataset-spec.js';
import { DataError, pointerToken } from './errors.js';
import { familyOf, isFeatureType } from './features/index.js';
import { findColumn } from './resolve-checks.js';

/** Throws `unknown_column`, `unsuitable_column` where it is no feature, `unsuitable_field` where its type has no such setting. */
export function checkSettings(
  columns: readonly ColumnInfo[],
  { target, ignore, columns: settings }: Pick<ResolvedColumnsSpec, 'target' | 'ignore' | 'columns'>,
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
