/** Numbers: filled in, held between bounds, scaled; one input. */
import type { NumberColumn } from '../columns.js';
import { largestNumber } from '../values.js';
import type { Family, FeatureBase } from './family.js';
import { fitNumberFill, indicates } from './missing.js';
import { type Bounds, clip, fitBounds } from './outliers.js';
import { fitScale, type Scale, scaledWriter } from './scale.js';
import { observed } from './statistics.js';

export interface NumberFeature extends FeatureBase {
  type: 'number';
  bounds: Bounds;
  scale: Scale;
}

export const numberFeatures: Family<NumberFeature, NumberColumn> = {
  settings: ['missing', 'outliers', 'scale'],
  expected: `a number within ±${largestNumber}`,
  fit({ name, column, rows, settings }) {
    const there = observed(column.values, rows);
    const bounds = fitBounds(there, settings.outliers);
    const held = bounds === null ? there : there.map((value) => clip(value, bounds));
    return {
      ...{ name, type: 'number', bounds },
      fill: fitNumberFill(held, settings.missing),
      indicator: indicates(settings.missing, there.length < rows.length),
      scale: fitScale(held, settings.scale),
    };
  },
  mostInputs: () => 1,
  width: () => 1,
  fields:
    ({ bounds }, { values }) =>
    (row) =>
      clip(values[row]!, bounds),
  rawField:
    ({ bounds }) =>
    (value) =>
      typeof value === 'number' && Math.abs(value) <= largestNumber ? clip(value, bounds) : null,
  writer: ({ scale }) => scaledWriter(scale),
};
