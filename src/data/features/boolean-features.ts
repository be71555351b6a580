/** Booleans: one input, 0 or 1. */
import type { CodedColumn } from '../columns.js';
import type { Family, FeatureBase } from './family.js';
import { indicates, mostFrequent } from './missing.js';
import { countValues } from './statistics.js';

export interface BooleanFeature extends FeatureBase {
  type: 'boolean';
}

export const booleanFeatures: Family<BooleanFeature, CodedColumn> = {
  settings: ['missing'],
  expected: 'true or false',
  fit({ name, column, rows, settings: { missing } }) {
    const { counts, absent } = countValues(column, rows);
    const fill = missing.type === 'drop' ? null : Number(mostFrequent(counts) === 'true');
    return { name, type: 'boolean', fill, indicator: indicates(missing, absent > 0) };
  },
  mostInputs: () => 1,
  width: () => 1,
  fields:
    (_, { codes }) =>
    (row) =>
      codes[row]! < 0 ? Number.NaN : codes[row]!,
  rawField: () => (value) => (typeof value === 'boolean' ? Number(value) : null),
  writer: () => (field, x, at) => {
    x[at] = field;
  },
};
