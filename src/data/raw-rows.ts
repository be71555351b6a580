/** Rows as a client sends them to predict, and what is wrong with one: row and field are named, in words and in `path`. */
import { nearest } from '../nearest.js';
import { DataError, type DataErrorDetails, pointerToken } from './errors.js';

export type RawRow = Readonly<Record<string, unknown>>;

/** The error of a field of row `index`; `within` points into a value that is a list. */
export function invalidField(
  index: number,
  name: string,
  { expected, got, within = '' }: { expected: string; got: unknown; within?: string },
): DataError {
  return new DataError(
    'invalid_row',
    `row ${index}, field "${name}"${within}: expected ${expected}, got ${brief(got)}`,
    {
      path: `/rows/${index}/${pointerToken(name)}${within}`,
      column: name,
      expected,
      got: brief(got),
    },
  );
}

/** A value as an error may repeat it. */
function brief(value: unknown): string {
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'array' : 'object';
  return (typeof value === 'string' ? JSON.stringify(value) : String(value)).slice(0, 100);
}

/** Throws `invalid_row`. */
export function refuseUnknownFields(row: RawRow, index: number, known: ReadonlySet<string>): void {
  for (const name of Object.keys(row)) {
    if (known.has(name)) continue;
    const meant = nearest(name, [...known]);
    const details: DataErrorDetails = { path: `/rows/${index}/${pointerToken(name)}`, column: name };
    throw new DataError('invalid_row', `row ${index}: the dataset had no field "${name.slice(0, 100)}"`, {
      ...details,
      ...(meant !== undefined && { hint: `did you mean "${meant}"?` }),
    });
  }
}
