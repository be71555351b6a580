/** What is wrong with a user's data: never a fault of the service. Crosses the ingest process's border as plain data. */

export interface DataErrorDetails {
  /** Line of the file, from 1; a record that spans lines is named by its first. */
  row?: number;
  column?: string;
  expected?: unknown;
  got?: unknown;
  /** What would mend it. */
  hint?: string;
  /** JSON pointer, where the fault lies in a request's body rather than in a file: `/dataset/target`, `/rows/3/sex`. */
  path?: string;
}

export class DataError extends Error {
  readonly code: string;
  readonly details: DataErrorDetails;

  constructor(code: string, message: string, details: DataErrorDetails = {}) {
    super(message);
    this.name = 'DataError';
    this.code = code;
    this.details = details;
  }
}

/** One reference token of a JSON pointer, escaped as RFC 6901 wants it. */
export const pointerToken = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

/** How a message begins: `line 3: `, or with nothing where a file has no lines. */
export const atLine = (row: number | undefined): string => (row === undefined ? '' : `line ${row}: `);
