/**
 * What of rows is kept to compare them with others: of each column its values alone, sorted, so that no row can be put
 * together again. Training's are in a model's baseline, those that are predicted in rows of the database.
 */

import { isMissing, parseDate, trimmed } from '../../data/values.js';
import type { ModelCard, Prediction } from '../../schemas/run.js';

export interface ColumnStatistics {
  missing: number;
  /** Rows that have a value. */
  present: number;
  /** Those of numbers, or as many as are kept; dates as epoch milliseconds. Ascending. */
  numbers?: number[];
  /** Of categories and booleans: how often each is there. */
  values?: [value: string, count: number][];
}

/** Plain JSON. */
export interface Statistics {
  rows: number;
  /** Of the model's features, in their order, as far as they are recorded. */
  features: ColumnStatistics[];
  /** Classes that were chosen, or values. */
  predictions: ColumnStatistics;
}

type Feature = ModelCard['features'][number];
/** A field of a row as it is kept until it is counted; null is missing. */
export type Field = number | string | null;

/** Features recorded at most. */
const mostFeatures = 1000;
const longestValue = 100;

/** Of images and texts there are none. */
export const recordedFeatures = ({ features }: Pick<ModelCard, 'features'>): Feature[] =>
  features.filter(({ type }) => type !== 'image' && type !== 'text').slice(0, mostFeatures);

/** A raw value that a model has taken. */
export function fieldOf(type: string, value: unknown): Field {
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return null;
  const text = trimmed(value);
  if (isMissing(text)) return null;
  return type === 'date' ? parseDate(text) : storable(text);
}

/** PostgreSQL's JSON holds neither U+0000 nor half a surrogate pair. */
const storable = (text: string): string => text.slice(0, longestValue).replace(/\p{Surrogate}|\0/gu, '\uFFFD');

/** The likeliest class, whatever threshold was asked for. */
export function predictionField({ class: chosen, probabilities = {}, value }: Prediction): Field {
  if (chosen === undefined) return typeof value === 'number' ? value : null;
  const [likeliest] = Object.entries(probabilities).reduce(
    (most, each) => (each[1] > most[1] ? each : most),
    [chosen, 0],
  );
  return storable(likeliest);
}

/** Of fields of one column, numbers or not; at most `mostNumbers` numbers, at equal steps of their order. */
export function columnStatistics(fields: readonly Field[], mostNumbers = Number.POSITIVE_INFINITY): ColumnStatistics {
  const numbers: number[] = [];
  const counts = new Map<string, number>();
  for (const field of fields) {
    if (typeof field === 'number') numbers.push(field);
    else if (field !== null) counts.set(field, (counts.get(field) ?? 0) + 1);
  }
  const missing = fields.filter((field) => field === null).length;
  const present = fields.length - missing;
  if (counts.size > 0) return { missing, present, values: [...counts] };
  numbers.sort((a, b) => a - b);
  return { missing, present, numbers: thinned(numbers, mostNumbers) };
}

function thinned(sorted: readonly number[], most: number): number[] {
  if (sorted.length <= most) return [...sorted];
  return Array.from({ length: most }, (_, place) => sorted[Math.round((place * (sorted.length - 1)) / (most - 1))]!);
}

/** All that was counted of one column. */
export function merged(columns: readonly ColumnStatistics[]): ColumnStatistics {
  const counts = new Map<string, number>();
  for (const { values = [] } of columns) {
    for (const [value, count] of values) counts.set(value, (counts.get(value) ?? 0) + count);
  }
  const sum = (of: 'missing' | 'present') => columns.reduce((total, column) => total + column[of], 0);
  const rows = { missing: sum('missing'), present: sum('present') };
  if (counts.size > 0) return { ...rows, values: [...counts] };
  return { ...rows, numbers: columns.flatMap(({ numbers = [] }) => numbers).sort((a, b) => a - b) };
}
