/** Dates: a timestamp, parts of the calendar, or places in periods. */

import type { ResolvedSettings } from '../../schemas/preparation-spec.js';
import type { NumberColumn } from '../columns.js';
import { parseDate, trimmed } from '../values.js';
import { type DatePart, type DatePeriod, dateCycle, datePart } from './dates.js';
import type { Family, FeatureBase } from './family.js';
import { fitNumberFill, indicates } from './missing.js';
import { fitScale, type Scale, scaled, scaledWriter } from './scale.js';
import { observed } from './statistics.js';

type DateEncoding =
  | { type: 'timestamp'; scale: Scale }
  | { type: 'parts'; parts: { part: DatePart; scale: Scale }[] }
  | { type: 'cyclical'; periods: DatePeriod[] };

export interface DateFeature extends FeatureBase {
  type: 'date';
  encoding: DateEncoding;
}

export const dateFeatures: Family<DateFeature, NumberColumn> = {
  settings: ['missing', 'dates', 'scale'],
  expected: 'an ISO 8601 date in a string',
  fit({ name, column, rows, settings }) {
    const there = observed(column.values, rows);
    return {
      ...{ name, type: 'date' },
      fill: fitNumberFill(there, settings.missing),
      indicator: indicates(settings.missing, there.length < rows.length),
      encoding: fitEncoding(there, settings),
    };
  },
  mostInputs: (_, { dates }) => inputsOf(dates),
  width: ({ encoding }) => inputsOf(encoding),
  fields:
    (_, { values }) =>
    (row) =>
      values[row]!,
  rawField: () => (value) => (typeof value === 'string' ? parseDate(trimmed(value)) : null),
  writer({ encoding }) {
    switch (encoding.type) {
      case 'timestamp':
        return scaledWriter(encoding.scale);
      case 'parts':
        return (field, x, at) => {
          encoding.parts.forEach(({ part, scale }, index) => {
            x[at + index] = scaled(datePart(field, part), scale);
          });
        };
      case 'cyclical':
        return (field, x, at) => {
          encoding.periods.forEach((period, index) => {
            x.set(dateCycle(field, period), at + 2 * index);
          });
        };
      default:
        throw new Error(`dates ${encoding satisfies never}`);
    }
  },
};

function fitEncoding(there: Float64Array, { dates, scale }: ResolvedSettings): DateEncoding {
  switch (dates.type) {
    case 'timestamp':
      return { type: 'timestamp', scale: fitScale(there, scale) };
    case 'parts': {
      const scaleOf = (part: DatePart) =>
        fitScale(
          there.map((time) => datePart(time, part)),
          scale,
        );
      return { type: 'parts', parts: dates.parts.map((part) => ({ part, scale: scaleOf(part) })) };
    }
    case 'cyclical':
      return dates;
    default:
      throw new Error(`dates ${dates satisfies never}`);
  }
}

function inputsOf(encoding: ResolvedSettings['dates'] | DateEncoding): number {
  switch (encoding.type) {
    case 'timestamp':
      return 1;
    case 'parts':
      return encoding.parts.length;
    case 'cyclical':
      return 2 * encoding.periods.length;
    default:
      throw new Error(`dates ${encoding satisfies never}`);
  }
}
