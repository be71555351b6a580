/** PostgreSQL's own errors, told apart by SQLSTATE. */
import pg from 'pg';

/** The write named a row that is not there, or removed one that others name. */
export function isForeignKeyViolation(error: unknown, constraint?: string): boolean {
  return (
    error instanceof pg.DatabaseError &&
    error.code === '23503' &&
    (constraint === undefined || error.constraint === constraint)
  );
}
