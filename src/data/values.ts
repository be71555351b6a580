/**
 * What a field's text means, the same when a file is read and when a row is sent to predict: white space around a value
 * never counts, and a handful of markers mean that there is no value.
 */

const outerSpace = /^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$/g;

/** Without ASCII white space around it. (String#trim also strips no-break spaces and byte order marks, which are content.) */
export const trimmed = (text: string): string => text.replace(outerSpace, '');

export const missingMarkers: ReadonlySet<string> = new Set(['', 'na', 'n/a', 'nan', 'null', '?']);
/** Length of the longest marker: anything longer is a value. */
export const longestMarker = 4;

/** Whether trimmed text says "no value": "", NA, N/A, NaN, null or ?, in any case. */
export const isMissing = (text: string): boolean =>
  text.length <= longestMarker && missingMarkers.has(text.toLowerCase());

/** A decimal numeral, as JavaScript and RE2 both read it. */
export const numberPattern = '[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?';

/** Numbers lie within ±1e150, so that their squares, and thus variances, are finite. */
export const largestNumber = 1e150;

/** ISO 8601: a date, or a date and a time to the microsecond, in UTC unless it has an offset. */
export const datePattern =
  '([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\\.([0-9]{1,6}))?)?(Z|[+-][0-9]{2}:[0-9]{2})?)?';
const dateExpression = new RegExp(`^${datePattern}$`);

/** Epoch milliseconds of an ISO 8601 date, or null where it is none (2023-02-30, 24:00, 01/02/2023). */
export function parseDate(text: string): number | null {
  const match = dateExpression.exec(text);
  if (!match) return null;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((digits) => Number(digits ?? 0));
  const milliseconds = Number((match[7] ?? '').padEnd(3, '0').slice(0, 3));
  const date = new Date(0);
  date.setUTCFullYear(year!, month! - 1, day!); // Date.UTC would take the years 0–99 for 1900–1999
  if (date.getUTCMonth() !== month! - 1 || date.getUTCDate() !== day!) return null;
  if (hour! > 23 || minute! > 59 || second! > 59) return null;
  const offsetMinutes = parseOffset(match[8]);
  if (offsetMinutes === null) return null;
  return date.getTime() + ((hour! * 60 + minute! - offsetMinutes) * 60 + second!) * 1000 + milliseconds;
}

/** Minutes east of UTC of `Z`, `+02:00` or nothing. */
function parseOffset(offset: string | undefined): number | null {
  if (offset === undefined || offset === 'Z') return 0;
  const hours = Number(offset.slice(1, 3));
  const minutes = Number(offset.slice(4, 6));
  if (hours > 23 || minutes > 59) return null;
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}
