/** Keyset pages: newest first, the cursor is the id of the last item, so a page costs the same at any depth. */
import { Value } from '#typebox/value';
import { Problem } from '../errors.js';
import { Id, type Resource } from '../schemas/common.js';

export interface PageRequest {
  cursor?: string | undefined;
  limit: number;
}

export interface PageOf<T> {
  items: T[];
  nextCursor: string | null;
}

/** The id that a cursor names, checked to be one of `resource`. Throws Problem `invalid_cursor`. */
export function decodeCursor(cursor: string, resource: Resource): string {
  if (Value.Check(Id(resource), cursor)) return cursor;
  throw invalidCursor(cursor);
}

/** The number that a cursor is. Throws Problem `invalid_cursor`. */
export function decodeNumber(cursor: string): number {
  if (/^\d{1,15}$/.test(cursor)) return Number(cursor);
  throw invalidCursor(cursor);
}

const invalidCursor = (cursor: string): Problem =>
  new Problem('invalid_cursor', 'cursor: expected the nextCursor of an earlier page', {
    errors: [{ path: '/cursor', message: 'expected the nextCursor of an earlier page', got: cursor }],
  });

/** A page out of up to `limit` + 1 rows: the one too many says that there are more. */
export function toPage<T extends { id: string }>(rows: T[], limit: number): PageOf<T> {
  const items = rows.slice(0, limit);
  return { items, nextCursor: rows.length > limit ? items.at(-1)!.id : null };
}
