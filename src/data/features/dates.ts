/** Dates, which are epoch milliseconds, as numbers: their parts, and where they stand in periods that come again. All in UTC. */
import type { dateParts, datePeriods } from '../../schemas/preparation-spec.js';

export type DatePart = (typeof dateParts)[number];
export type DatePeriod = (typeof datePeriods)[number];

const dayMs = 86_400_000;
/** 1970-01-01 was a Thursday: three days after Monday. */
const epochWeekday = 3;

const modulo = (value: number, by: number): number => ((value % by) + by) % by;
const dayOf = (milliseconds: number): number => Math.floor(milliseconds / dayMs);
/** Of the first of January of a year that may have two digits. */
const yearStart = (year: number): number => new Date(0).setUTCFullYear(year, 0, 1);
const monthStart = (year: number, month: number): number => new Date(0).setUTCFullYear(year, month, 1);

/** Months and days count from 1, weekdays from Monday = 0. */
const parts: Readonly<Record<DatePart, (date: Date) => number>> = {
  year: (date) => date.getUTCFullYear(),
  month: (date) => date.getUTCMonth() + 1,
  day: (date) => date.getUTCDate(),
  dayOfYear: (date) => dayOf(date.getTime() - yearStart(date.getUTCFullYear())) + 1,
  weekday: (date) => modulo(dayOf(date.getTime()) + epochWeekday, 7),
  hour: (date) => date.getUTCHours(),
  minute: (date) => date.getUTCMinutes(),
};

export const datePart = (milliseconds: number, part: DatePart): number => parts[part](new Date(milliseconds));

/** What share of a period has gone by, from 0 up to 1. */
const elapsed: Readonly<Record<DatePeriod, (date: Date) => number>> = {
  year(date) {
    const start = yearStart(date.getUTCFullYear());
    return (date.getTime() - start) / (yearStart(date.getUTCFullYear() + 1) - start);
  },
  month(date) {
    const start = monthStart(date.getUTCFullYear(), date.getUTCMonth());
    return (date.getTime() - start) / (monthStart(date.getUTCFullYear(), date.getUTCMonth() + 1) - start);
  },
  week: (date) => modulo(date.getTime() / dayMs + epochWeekday, 7) / 7,
  day: (date) => modulo(date.getTime(), dayMs) / dayMs,
};

/** On the unit circle: [sin 2πt, cos 2πt] for the share t. */
export function dateCycle(milliseconds: number, period: DatePeriod): [sine: number, cosine: number] {
  const angle = 2 * Math.PI * elapsed[period](new Date(milliseconds));
  return [Math.sin(angle), Math.cos(angle)];
}
